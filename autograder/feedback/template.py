"""The page's template, for Jinja with autoescape, and its style."""

from __future__ import annotations

STYLE = """
:root { color-scheme: light; --ink: #1b1f24; --soft: #57606a; --line: #d0d7de; --fill: #f6f8fa;
  --link: #00538a; --right: #1a6b3c; --partly: #8a5a00; --wrong: #b3261e; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 60rem; padding: 2rem 1.5rem 4rem; background: #fff;
  color: var(--ink); font: 16px/1.5 system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif;
  overflow-wrap: break-word; }
h1, h2, h3, h4 { line-height: 1.25; }
h1 { font-size: 1.7rem; margin: 0 0 .2rem; }
h2 { font-size: 1.3rem; margin: 2rem 0 .6rem; }
h3 { font-size: 1.08rem; margin: 1.4rem 0 .5rem; }
p, ul, ol { max-width: 50rem; margin: .5rem 0 .8rem; }
a { color: var(--link); }
code, pre, .prompt { font-family: ui-monospace, "DejaVu Sans Mono", monospace; }
code { font-size: .9em; background: var(--fill); border-radius: 3px; padding: .1em .25em; }
pre { font-size: .84rem; line-height: 1.45; overflow-x: auto; margin: 0; }
pre code { background: none; padding: 0; font-size: inherit; }
img { max-width: 100%; height: auto; }
table { border-collapse: collapse; margin: .6rem 0 1rem; font-size: .95rem; }
th, td { text-align: left; vertical-align: top; padding: .35rem 2rem .35rem 0;
  border-bottom: 1px solid var(--line); }
thead th { border-bottom: 2px solid var(--ink); }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.soft { color: var(--soft); font-size: .92rem; }
header { border-bottom: 2px solid var(--ink); padding-bottom: .8rem; }
header p { margin: 0; color: var(--soft); }
.summary { margin-bottom: 3rem; }
.summary > h2 { margin-top: 1.2rem; }
.summary table { width: 100%; }
.summary a code, .heading code { color: inherit; background: none; padding: 0; }
.total { display: flex; max-width: none; flex-wrap: wrap; align-items: center; gap: .4rem 1.2rem; }
.total strong { font-size: 1.5rem; font-variant-numeric: tabular-nums; }
progress { flex: 1 1 14rem; height: .8rem; border: 1px solid var(--soft); border-radius: 4px;
  background: #fff; appearance: none; overflow: hidden; }
progress::-webkit-progress-bar { background: #fff; }
progress::-webkit-progress-value { background: #0072B2; }
progress::-moz-progress-bar { background: #0072B2; }
.late { color: var(--wrong); }
.passed { color: var(--right); }
.partly { color: var(--partly); }
.failed, .timed_out { color: var(--wrong); }
.not_attempted { color: var(--soft); }
.advice { border: 1px solid var(--line); border-left: 4px solid #E69F00; border-radius: 4px;
  padding: .7rem 1rem .3rem; margin: 1rem 0; }
.advice p { max-width: none; }
.advice h3 { margin: 0 0 .5rem; }
.advice .mistake { background: #fff7e6; margin: .5rem 0 .8rem; padding: .5rem .75rem; }
.advice ul { padding-left: 1.2rem; columns: 2; column-gap: 2rem; font-size: .92rem; }
.notebook { border-top: 2px solid var(--ink); }
.cell { margin: 1.1rem 0; }
.rich > h1:first-child { font-size: 1.5rem; margin-top: 1.8rem; }
.prompt { color: var(--soft); font-size: .75rem; }
pre.code, .rich > pre, .rich .highlight pre { padding: .6rem .8rem; background: var(--fill);
  border: 1px solid var(--line); border-radius: 4px; }
.out { margin: .4rem 0 0; padding-left: .8rem; border-left: 3px solid var(--line); }
.out > * { margin: .3rem 0; }
.out .rich { overflow-x: auto; }
pre.error { color: var(--wrong); }
.framed { border: 1px solid #9fb4c8; border-radius: 5px; padding-bottom: .6rem; }
.framed > * { margin-left: .9rem; margin-right: .9rem; }
.framed > .heading { display: flex; gap: 1rem; align-items: baseline; margin: 0 0 .6rem;
  padding: .45rem .9rem; background: #e8f0f7; border-bottom: 1px solid #9fb4c8;
  border-radius: 4px 4px 0 0; }
.heading .points { margin-left: auto; font-weight: 600; white-space: nowrap; }
.heading .top { text-decoration: none; }
.heading span:first-child:nth-last-child(2) { margin-right: auto; }
.framed .out ul { padding-left: 0; list-style: none; }
.framed .out li { margin: .25rem 0; }
.framed .out li > div { color: var(--soft); padding-left: 1.2rem; }
.comment { margin-top: .6rem; padding: .5rem .8rem; background: #fff7e6;
  border-left: 4px solid #E69F00; }
.comment .rich > * { margin: .3rem 0; }
.code .c { color: #57606a; font-style: italic; } .code .k { color: #7b2d8e; font-weight: 600; }
.code .s { color: #8c2f0d; } .code .m { color: #1a6b3c; } .code .b { color: #00538a; }
.code .d { color: #00538a; font-weight: 600; } .code .a { color: #7b2d8e; }
.code .g { color: #8a5a00; }
.t-bold { font-weight: 700; } .t-mark { background: #fff0c2; color: var(--ink); }
.t-red { color: var(--wrong); } .t-green { color: var(--right); }
.t-yellow { color: var(--partly); }
.t-blue { color: var(--link); } .t-magenta { color: #7b2d8e; } .t-cyan { color: #0b6670; }
.t-black, .t-white { color: inherit; }
@media (max-width: 40rem) { .advice ul { columns: 1; } }
@media print {
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  body { max-width: none; padding: 0; font-size: 10.5pt; }
  pre { white-space: pre-wrap; }
  .top { display: none; }
  .heading, h2, h3, thead { break-after: avoid; }
  tr, img, .advice { break-inside: avoid; }
}
"""

# The policy says what a browser may do should anything have passed all filters: show it.
PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:;
  style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Feedback: {{ title }}</title>
<style>{{ style|safe }}</style>
</head>
<body>
<header id="top">
<h1>{{ title }}</h1>
<p>Feedback{% if student %} for <bdi>{{ student }}</bdi>{% endif %}</p>
</header>
<main>
<section class="summary">
{{ summary|safe }}
</section>
<section class="notebook" aria-label="The notebook">
{% for cell in cells %}
{{ cell|safe }}
{% endfor %}
</section>
</main>
</body>
</html>
"""
