"""A page has room for so many bytes, and what does not fit is left out in a sentence."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from nbformat import NotebookNode

from autograder.feedback.room import PICTURE_LEFT_OUT, Room, fitting


def cell(text: str, *pictures: int) -> NotebookNode:
    return NotebookNode(cell_type="raw", metadata=NotebookNode(), source=text, pictures=pictures)


def shown(cells: list[NotebookNode], room: Room) -> list[str]:
    def full(cell: NotebookNode) -> str:
        sizes = cell.get("pictures", ())
        pictures = ("A" * ((size + 2) // 3 * 4) if room.picture(size) else "-" for size in sizes)
        return cell.source + "".join(pictures)

    return list(fitting(cells, full, room))


def test_what_fits_is_shown_and_what_does_not_is_said():
    cells = [cell("one", 30, 30, 30), cell("é" * 900), cell("two", 3), cell("three")]
    one, left_out, two, three = shown(cells, Room(200))
    assert one == "one" + 3 * ("A" * 40)
    assert "left out: the page would be larger than 20 MB" in left_out
    assert (two, three) == ("twoAAAA", "three")
    assert "larger than 20 MB" in PICTURE_LEFT_OUT


def test_a_cell_without_its_pictures_is_better_than_none():
    text = "x" * 80
    assert shown([cell(text, 72)], Room(100)) == [text + "-"]
    assert shown([cell(text + "y" * 10, 9)], Room(100)) == [text + "y" * 10 + "-"]


@given(
    st.lists(st.tuples(st.text(max_size=300), st.lists(st.integers(0, 500), max_size=4))),
    st.integers(0, 2_000),
)
def test_it_is_never_more(cells, left):
    html = shown([cell(text, *pictures) for text, pictures in cells], Room(left))
    assert len("".join(html).encode("utf-8", "surrogatepass")) <= left
