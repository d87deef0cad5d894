"""No link leads nowhere, and no page stands alone."""

import re
from pathlib import Path

import pytest
from docs.generate.pages import ROOT, page_names

FENCED = re.compile(r"^(`{3,}).*?^\1$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"!?\[[^\]]*\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]*))?\)")
PAGES = sorted(
    path.relative_to(ROOT).as_posix()
    for top in ("*.md", "docs/**/*.md", "examples/**/*.md")
    for path in ROOT.glob(top)
)


def links(name):
    """Where a page's links lead: paths in the repository, with their anchors."""
    text = FENCED.sub("", (ROOT / name).read_text(encoding="utf-8"))
    for target, anchor in LINK.findall(text):
        path = (ROOT / name).parent / target if target else ROOT / name
        yield path.resolve().relative_to(ROOT.resolve()), anchor


def anchors(path):
    """The anchors that a page's headings have on GitHub."""
    text = FENCED.sub("", (ROOT / path).read_text(encoding="utf-8"))
    heads = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("name", PAGES)
def test_links_lead_somewhere(name):
    lost = [str(path) for path, _ in links(name) if not (ROOT / path).exists()]
    lost += [
        f"{path}#{anchor}"
        for path, anchor in links(name)
        if anchor and path.suffix == ".md" and anchor not in anchors(path)
    ]
    assert lost == []


def test_every_page_can_be_reached_from_the_readme():
    reached, waiting = set(), [Path("README.md")]
    while waiting:
        path = waiting.pop()
        if path.suffix != ".md" or path in reached or not (ROOT / path).is_file():
            continue
        reached.add(path)
        waiting += [target for target, _ in links(path.as_posix())]
    assert set(page_names()) - {path.as_posix() for path in reached} == set()
