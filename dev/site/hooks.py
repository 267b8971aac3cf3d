"""What the site needs beyond mkdocs: a navigation that has every page, and pages for the files outside of docs/.

The pages link to files of the repository, such as examples. Each such file or directory gets a page below repository/,
so that the link works in the site, too. A link to a file that does not exist fails the build. Links to other servers
are not followed: they are listed in target/site-links.txt.
"""

import fnmatch
import logging
import os
import posixpath
import re
from pathlib import Path

from mkdocs.structure.files import File, InclusionLevel

LOG = logging.getLogger("mkdocs.hooks.site")
ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = "repository"
IN_NAVIGATION = ["CONTRIBUTING.md", "CHANGELOG.md"]

FENCE = re.compile(r"^ {0,3}(```+|~~~+)")
LINK = re.compile(r"(?<=\]\()([^)\s]+)")
EXTERNAL = re.compile(r"(?:\]\(|<)(https?://[^\s)>]+)")

external = {}
texts = {}


def on_config(config):
    external.clear()
    texts.clear()
    found = sorted(p.relative_to(DOCS).as_posix() for p in DOCS.rglob("*.md"))
    config["nav"] = navigation(config["extra"]["sections"], found + [f"{PAGES}/{p}" for p in IN_NAVIGATION])
    return config


def navigation(sections, found):
    """All pages, in the order of the sections; each page is in the first section that names it."""
    left = list(found)
    nav = []
    for name, patterns in sections.items():
        pages = []
        for pattern in patterns:
            pages += [page for page in left if fnmatch.fnmatch(page, pattern) and page not in pages]
        left = [page for page in left if page not in pages]
        if pages:
            nav.append({name: pages})
    if left:
        nav.append({"More": left})
    return nav


def on_files(files, config):
    """Adds a page for each file of the repository that a page links to, and for what those pages link to."""
    waiting = [DOCS / file.src_uri for file in files if file.src_uri.endswith(".md")]
    waiting += [ROOT / name for name in ["README.md", *IN_NAVIGATION]]
    seen = set()
    while waiting:
        source = waiting.pop()
        if source in seen or not source.exists():
            continue
        seen.add(source)
        if not source.is_relative_to(DOCS):
            add(files, source, config)
        if source.suffix == ".md":
            for line in outside_fences(source.read_text(encoding="utf-8")):
                waiting += [t for t in map(lambda link: target(source, link), LINK.findall(line)) if is_outside(t)]
    return files


def add(files, source, config):
    page = page_of(source)
    text = source.read_text(encoding="utf-8") if source.suffix == ".md" else listing(source)
    texts[page] = source
    named = page in [f"{PAGES}/{name}" for name in IN_NAVIGATION]
    level = InclusionLevel.UNDEFINED if named else InclusionLevel.NOT_IN_NAV
    files.append(File.generated(config, page, content=text, inclusion=level))


def listing(source):
    """A page with the content of a file, or of all files in a directory."""
    name = source.relative_to(ROOT).as_posix()
    if source.is_file():
        return f"# {name}\n\n" + fenced(source)
    parts = [f"# {name}\n"]
    for path in sorted(p for p in source.rglob("*") if p.is_file()):
        parts.append(f"## {path.relative_to(source).as_posix()}\n\n" + fenced(path))
    return "\n".join(parts)


def fenced(path):
    languages = {".yaml": "yaml", ".yml": "yaml", ".sh": "sh", ".lua": "lua", ".ps1": "powershell", ".json": "json"}
    text = path.read_text(encoding="utf-8", errors="replace").rstrip()
    return f"~~~~~~{languages.get(path.suffix, 'text')}\n{text}\n~~~~~~\n"


def on_page_markdown(markdown, page, config, files):
    """Leads the links to files outside of docs/ to their pages."""
    source = texts.get(page.file.src_uri, DOCS / page.file.src_uri)
    lines = []
    for line, is_text in classified(markdown):
        if is_text and (source.suffix == ".md"):
            for url in EXTERNAL.findall(line):
                external.setdefault(url, page.file.src_uri)
            line = LINK.sub(lambda match: rewritten(match.group(1), source, page.file.src_uri), line)
        lines.append(line)
    return "\n".join(lines)


def rewritten(link, source, page):
    where = target(source, link)
    if where is None:
        return link
    if where.is_dir() and where.is_relative_to(DOCS):
        where = where / "README.md"
    if not where.exists():
        LOG.warning("%s links to '%s', which does not exist", source.relative_to(ROOT), link)
        return link
    anchor = link[link.find("#") :] if "#" in link else ""
    goal = page_of(where) if is_outside(where) else where.relative_to(DOCS).as_posix()
    return posixpath.relpath(goal, posixpath.dirname(page) or ".") + anchor


def target(source, link):
    """The file that a link leads to; None for another server, and for an anchor of the same page."""
    path = link.split("#")[0]
    if not path or re.match(r"[a-z]+:", path):
        return None
    return Path(os.path.normpath(source.parent / path))


def is_outside(path):
    return path is not None and path.is_relative_to(ROOT) and not path.is_relative_to(DOCS)


def page_of(path):
    name = path.relative_to(ROOT).as_posix()
    return f"{PAGES}/{name}" if path.suffix == ".md" else f"{PAGES}/{name}.md"


def classified(markdown):
    """Every line, and whether it is text and not code."""
    fence = None
    for line in markdown.split("\n"):
        mark = FENCE.match(line)
        if fence is None and mark:
            fence = mark.group(1)
            yield line, False
        elif fence is not None:
            if mark and line.strip() == mark.group(1) and mark.group(1).startswith(fence):
                fence = None
            yield line, False
        else:
            yield line, True


def outside_fences(markdown):
    return [line for line, is_text in classified(markdown) if is_text]


def on_post_build(config):
    path = ROOT / "target" / "site-links.txt"
    path.write_text("".join(f"{url}  ({page})\n" for url, page in sorted(external.items())), encoding="utf-8")
    print(f"{len(texts)} pages for files outside of docs/; {len(external)} links to other servers: {path.relative_to(ROOT)}")
