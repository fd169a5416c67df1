"""Build on a disk that is full: `python full_disk.py CATALOGUE FOLDER`; prints what it found, ends with 0 when all was well.

The disk is a small one in memory, mounted in a name space of this process alone. Where that is not allowed, no file can
grow beyond a limit instead, so that writing fails just as surely. No test by itself: `test_atomic.py` runs it as a process.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
from pathlib import Path

from small import command, tree

from kurskatalog.words import Words

AS_IT_WAS = Words("nb")("Nothing was built; the site that was there is as it was.")
MB = 1024 * 1024
SIZE = 24 * MB
INSIDE = "KURSKATALOG_INSIDE"


def mounted(folder: Path) -> bool:
    """Mount a small disk on `folder`, as the administrator of a name space of our own if need be."""
    if os.environ.get(INSIDE):
        return (
            subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(folder)], check=False).returncode
            == 0
        )
    for way in (["unshare", "-m"], ["unshare", "-rm"]):
        if shutil.which("unshare") and subprocess.run([*way, "true"], check=False, capture_output=True).returncode == 0:
            os.execvpe(way[0], [*way, sys.executable, *sys.argv], {**os.environ, INSIDE: "1"})
    return False


def build(root: Path, limit: int | None = None) -> tuple[int, str]:
    """Exit code and words of a build."""
    set_limit = (lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))) if limit is not None else None
    found = subprocess.run(command(root), text=True, capture_output=True, preexec_fn=set_limit, timeout=120)
    return found.returncode, found.stdout + found.stderr


def fill(folder: Path, left: int) -> Path:
    """A file that leaves `left` bytes of the disk."""
    filler = folder / "filler"
    stat = os.statvfs(folder)
    with filler.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, max(stat.f_bavail * stat.f_frsize - left, 4096))
    return filler


def change(root: Path, number: int) -> None:
    """Another title of the catalogue: every page is made anew."""
    path = root / "catalogue.yml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("Småkatalogen", f"Katalog {number} Småkatalogen"), encoding="utf-8"
    )


def main() -> int:
    """Mount or limit, then build again and again with ever more room."""
    source, disk = Path(sys.argv[1]), Path(sys.argv[2])
    disk.mkdir(exist_ok=True)
    has_disk = mounted(disk)
    print("a small disk is mounted" if has_disk else "the size of files is limited")
    root = disk / "katalog"
    shutil.copytree(source, root)
    code, words = build(root)
    if code:
        print(words)
        return 1
    for number, left in enumerate((0, 8, 64, 128, 192, 256, 384, 512, 768, 1024, 1536, 2048)):
        change(root, number)
        before = tree(root / "site")
        filler = fill(disk, left * 1024) if has_disk else None
        code, words = build(root, None if has_disk else left * 16)
        print(f"{left} kB left: {code}")
        if filler:
            filler.unlink()
        if code == 0:
            break
        plain = Words("nb")("the disk is full") in words or not has_disk
        if code != 3 or not plain or "Traceback" in words or AS_IT_WAS not in words:
            print(words)
            return 1
        if tree(root / "site") != before:
            print("the old site was changed")
            return 1
        print("the old site is whole")
    code, words = build(root)
    if code:
        print(words)
        return 1
    after = tree(root / "site")
    shutil.rmtree(root / "build")
    shutil.rmtree(root / "site")
    code, words = build(root)
    if tree(root / "site") != after:
        print("the next build is not a clean one")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
