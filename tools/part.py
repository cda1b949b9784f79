#!/usr/bin/env python3
"""Writes index.part.html: index.html with the overview's program and those of some pages alone, for a quick build.

    tools/part.py explore projects
"""
import pathlib
import re
import sys

wanted = {"yupay-site", *(f"yupay-{page}" for page in sys.argv[1:])}
if "yupay-what-if" in wanted:
    wanted.add("yupay-funder")


def kept(link):
    program = re.search(r'data-bin="([^"]+)"', link.group())
    if program and program.group(1) not in wanted:
        return ""
    # What wasm-opt saves is for those who download.
    return re.sub(r'data-wasm-opt="z"', 'data-wasm-opt="0"', link.group())


text = pathlib.Path("index.html").read_text(encoding="utf-8")
pathlib.Path("index.part.html").write_text(re.sub(r"    <link data-trunk[^>]*>\n", kept, text), encoding="utf-8")
