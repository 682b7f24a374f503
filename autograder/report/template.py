"""The page's template, for Jinja with autoescape: every value that it shows is escaped."""

from __future__ import annotations

STYLE = """
:root { color-scheme: light; --ink: #1b1f24; --soft: #57606a; --line: #d0d7de; --fill: #0072B2; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 62rem; padding: 2rem 1.5rem 4rem; background: #fff;
  color: var(--ink); font: 16px/1.5 system-ui, -apple-system, "Segoe UI", sans-serif; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0; }
h2 { font-size: 1.25rem; margin: 2.75rem 0 .5rem; padding-top: .6rem;
  border-top: 2px solid var(--ink); }
p { max-width: 54rem; margin: .4rem 0 .9rem; }
.soft { color: var(--soft); }
nav a { color: #00538a; margin-right: 1.1rem; white-space: nowrap; }
code { font: .92em ui-monospace, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
dl.headline { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr));
  gap: .75rem; margin: 1.5rem 0 1rem; }
dl.headline div { border: 1px solid var(--line); border-radius: 6px; padding: .6rem .8rem;
  display: flex; flex-direction: column-reverse; justify-content: flex-end; }
dl.headline dt { color: var(--soft); font-size: .85rem; line-height: 1.3; }
dl.headline dd { margin: 0; font-size: 1.6rem; font-weight: 600; line-height: 1.25;
  font-variant-numeric: tabular-nums; white-space: nowrap; }
dl.headline small { font-size: .9rem; font-weight: 400; color: var(--soft); }
figure { margin: .5rem 0 1.25rem; }
figure img { display: block; width: 100%; height: auto; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; margin: .5rem 0 1.25rem; }
th, td { text-align: left; vertical-align: top; padding: .32rem .6rem;
  border-bottom: 1px solid var(--line); }
thead th { border-bottom: 2px solid var(--ink); vertical-align: bottom; line-height: 1.25; }
thead th.number { white-space: normal; }
tbody th { font-weight: 400; }
.name { white-space: nowrap; }
tbody th[scope=rowgroup] { font-weight: 600; background: #f3f5f7; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.who { overflow-wrap: anywhere; min-width: 10rem; }
.share { white-space: nowrap; width: 11rem; font-variant-numeric: tabular-nums; }
.bar { display: inline-block; width: 6.5rem; height: .7rem; border: 1px solid var(--ink);
  margin-right: .5rem; background: #fff; }
.bar i { display: block; height: 100%; background: var(--fill); }
ul.plain { margin: 0; padding-left: 1.1rem; }
@media print {
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  body { max-width: none; padding: 0; font-size: 10pt; }
  table { font-size: 8.5pt; }
  th, td { padding: .2rem .4rem; }
  .share { width: 7.5rem; }
  .bar { width: 4rem; }
  nav { display: none; }
  h2, thead, tbody th[scope=rowgroup] { break-after: avoid; }
  thead { display: table-header-group; }
  tr, figure, dl.headline div { break-inside: avoid; }
}
"""

PAGE = """
{%- macro bar(share) -%}
<span class="bar" aria-hidden="true"><i style="width: {{ (100 * share) | round(1) }}%"></i></span>
{{- share | percent }}
{%- endmacro -%}
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy"
  content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>Report on {{ summary.assignment }}</title>
<style>{{ style|safe }}</style>
</head>
<body>
<header>
<h1>Report on {{ summary.assignment | replace("_", " ") }}</h1>
<p class="soft">Made on {{ made }} from the autograded notebooks and the gradebook. Scores are those
that count: with points that a person gave by hand, and less the penalty for lateness.</p>
<nav aria-label="Contents">
{% if summary.left_out %}
<a href="#left-out">Not graded</a>
{% endif %}
<a href="#scores">Scores</a><a href="#exercises">Exercises</a>
<a href="#cases">Cases</a><a href="#mistakes">Mistakes</a><a href="#usage">Time and memory</a>
<a href="#people">For a person to look at</a></nav>
</header>
<main>
<dl class="headline">
<div><dt>graded</dt><dd>{{ summary.submissions | length }}</dd></div>
{% if summary.waiting %}
<div><dt>not graded yet</dt><dd>{{ summary.waiting | length }}</dd></div>
{% endif %}
{% if summary.left_out %}
<div><dt>not graded</dt><dd>{{ summary.left_out | length }}</dd></div>
{% endif %}
<div><dt>mean</dt><dd>{{ summary.mean | points }}
<small>of {{ summary.max_score | points }}</small></dd></div>
<div><dt>median</dt><dd>{{ summary.median | points }}</dd></div>
<div><dt>highest</dt><dd>{{ summary.best | points }}</dd></div>
<div><dt>for a person to look at</dt><dd>{{ summary.for_a_person | length }}</dd></div>
</dl>
{% if summary.waiting %}
<p><strong>Not graded yet: {{ summary.waiting | length }}.</strong> To grade
{{ "it" if summary.waiting | length == 1 else "them" }}, run
<code>autograder grade {{ summary.assignment }}</code>, then make this report again.</p>
{% endif %}
{% if summary.left_out %}
<section id="left-out"><h2>Not graded, and why</h2>
<ul>
{% for student, reason in summary.left_out.items() %}
<li><strong>{{ student }}</strong>: {{ reason }}</li>
{% endfor %}
</ul>
</section>
{% endif %}

<section id="scores"><h2>Scores</h2>
{% if scores %}
<figure><img src="{{ scores.address }}" alt="{{ scores.alt }}"></figure>
{% else %}
<p>No submission has a score.</p>
{% endif %}
</section>

<section id="exercises"><h2>Exercises</h2>
{% if exercises %}
<p>An exercise is passed if every one of its cases is.</p>
<figure><img src="{{ exercises.address }}" alt="{{ exercises.alt }}"></figure>
{% endif %}
<table>
<thead><tr><th scope="col">exercise</th><th scope="col" class="number">mean points</th>
{% for words in statuses.values() %}<th scope="col" class="number">{{ words }}</th>{% endfor %}
<th scope="col">passed by</th></tr></thead>
<tbody>
{% for exercise in summary.exercises %}
<tr><th scope="row" class="name"><code>{{ exercise.name }}</code></th>
<td class="number">{{ exercise.mean | points }} of {{ exercise.points | points }}</td>
{% for status in statuses %}<td class="number">{{ exercise.statuses[status] }}</td>{% endfor %}
<td class="share">
{%- if exercise.of %}{{ bar(exercise.share(passed)) }}{% else %}–{% endif %}</td></tr>
{% endfor %}
</tbody>
</table>
</section>

<section id="cases"><h2>Cases</h2>
<p>Public cases are in the notebook, where students can run them. Hidden ones they never see.</p>
<table>
<thead><tr><th scope="col">case</th><th scope="col">kind</th>
<th scope="col" class="number">passed</th><th scope="col">share</th></tr></thead>
{% for exercise in summary.exercises %}
<tbody>
<tr><th scope="rowgroup" colspan="4"><code>{{ exercise.name }}</code></th></tr>
{% for case in exercise.cases %}
<tr><th scope="row">{{ case.name }}</th><td>{{ "public" if case.public else "hidden" }}</td>
<td class="number">{{ case.passed }} of {{ case.of }}</td>
<td class="share">{% if case.of %}{{ bar(case.share) }}{% else %}–{% endif %}</td></tr>
{% endfor %}
</tbody>
{% endfor %}
</table>
</section>

<section id="mistakes"><h2>Mistakes</h2>
{% if summary.mistakes %}
<p>Known mistakes, by how many students made them. A student counts once for each mistake.
The question is one that leads to the fix without giving it.</p>
<table>
<thead><tr><th scope="col" class="number">students</th><th scope="col">mistake</th>
<th scope="col">exercise</th><th scope="col">what happens, and a question to ask</th></tr></thead>
<tbody>
{% for mistake in summary.mistakes %}
<tr><td class="number">{{ mistake.students }}</td>
<th scope="row"><code>{{ mistake.id }}</code></th>
<td class="name"><code>{{ mistake.exercise }}</code></td>
<td>{% if mistake.happens %}{{ mistake.happens }}<br>
<span class="soft">{{ mistake.question }}</span>
{% else %}<span class="soft">This mistake is not described any more.</span>{% endif %}</td></tr>
{% endfor %}
</tbody>
</table>
{% else %}
<p>No submission shows a known mistake.</p>
{% endif %}
</section>

<section id="usage"><h2>Time and memory</h2>
{% if summary.spreads %}
<p>What it took to run {{ summary.spreads[0].count }}
{{ "submission" if summary.spreads[0].count == 1 else "submissions" }}
{%- if summary.spreads[0].count < summary.submissions | length %}; of the others it is not
known{% endif %}.</p>
<table>
<thead><tr><th scope="col">quantity</th><th scope="col" class="number">median</th>
<th scope="col" class="number">95th percentile</th><th scope="col" class="number">most</th>
<th scope="col">most used by</th></tr></thead>
<tbody>
{% for each in summary.spreads %}
<tr><th scope="row">{{ each.name }}</th>
{% for value in (each.median, each.high, each.most) %}
<td class="number">{{ value | amount }} {{ each.unit }}</td>{% endfor %}
<td class="who"><bdi>{{ each.most_by }}</bdi></td></tr>
{% endfor %}
</tbody>
</table>
{% else %}
<p>Nothing was measured when these submissions were graded.</p>
{% endif %}
</section>

<section id="people"><h2>For a person to look at</h2>
{% if summary.for_a_person %}
<table>
<thead><tr><th scope="col">student</th><th scope="col" class="number">score</th>
<th scope="col">why</th></tr></thead>
<tbody>
{% for each in summary.for_a_person %}
<tr><th scope="row" class="who"><bdi>{{ each.student }}</bdi></th>
<td class="number">{{ each.score | points }}</td>
<td>{% for reason in each.reasons %}{{ reason | in_words }}{% if not loop.last %}<br>{% endif %}
{% endfor %}
{% if each.notes %}<ul class="plain soft">
{% for note in each.notes[:most_notes] %}<li>{{ note }}</li>{% endfor %}
{% if each.notes | length > most_notes %}<li>and {{ each.notes | length - most_notes }} more</li>
{% endif %}</ul>{% endif %}</td></tr>
{% endfor %}
</tbody>
</table>
{% else %}
<p>Nobody needs to look at any of these submissions.</p>
{% endif %}
</section>
</main>
</body>
</html>
"""
