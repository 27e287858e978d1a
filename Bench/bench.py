"""Asks the questions of docs/benchmarks.md, on a release build beside peers. Called by scripts/bench.

Usage: bench.py STAGE VENV FOLDER [QUESTION...]
"""

import datetime
import itertools
import os
import pathlib
import platform
import shutil
import subprocess
import sys
import time

import work
from host import Host
from measure import Program, in_turns, median, run
from report import Table

stage, venv, folder = (pathlib.Path(word).resolve() for word in sys.argv[1:4])
wanted = sys.argv[4:]
runbook = stage / "bin" / "runbook"
root = pathlib.Path(__file__).resolve().parent.parent
state = {"XDG_STATE_HOME": str(folder / "state"), "CI": "1"}


def found(name):
    here = venv / "bin" / name
    return str(here) if here.exists() else shutil.which(name)


numbers = itertools.count()
states = folder / f"states-{os.getpid()}"


def executing(name, note, *options, env=None, before=None, **more):
    """Each run has a state folder of its own, and none is deleted before the end: for minutes ext4 goes a long way round
    the inodes of deleted files, which trebles the time of whoever makes new ones."""
    variables = dict(state, **(env or {}))

    def prepare():
        variables["XDG_STATE_HOME"] = str(states / str(next(numbers)))
        if before:
            before()

    return Program(
        name, [runbook, "exec", note.name, *options], folder=note.parent, env=variables, before=prepare, **more)


def table_of(table, runs, value=lambda one: one.seconds):
    for name, results in runs.items():
        table.add(name, [value(one) for one in results])
    return table


def start():
    table = Table(
        "start", "Start", "ms",
        "`--version` of each: what a program needs before it does anything. The first step is at work when it has "
        "written the time into a file.",
        "Bar: runbook within 3 times just, and the first step within 20 ms more.")
    names = ["just", "task", "make", "doit", "invoke", "cram", "ansible-playbook"]
    programs = [Program("runbook", [runbook, "--version"], env=state)]
    programs += [Program(n, [found(n), "--version"]) for n in names if found(n)]
    table_of(table, in_turns(programs, 20), lambda one: one.seconds * 1000)
    note = work.write(
        folder / "first" / "note.md",
        "---\ncwd: .\n---\n- [ ] First\n  ```bash\n  echo $EPOCHREALTIME > at\n  ```\n")
    script = work.write(folder / "first" / "script.sh", "bash -c 'echo $EPOCHREALTIME > at'\n")
    first = {"runbook, first step": executing("runbook", note, "--record", "none"),
             "bash, first step": Program("bash", ["bash", script.name], folder=note.parent)}
    for name, program in first.items():
        times = []
        for _ in range(21):
            result = run(program)
            times.append((float((note.parent / "at").read_text()) - result.started) * 1000)
        table.add(name, times[1:])
    return table


def steps():
    tables = []
    for count, rounds in ((100, 5), (1000, 3)):
        place = work.steps(folder, count)
        original = (place / "note.md").read_text()

        def reset(place=place, original=original):
            (place / "note.md").write_text(original)

        note = place / "note.md"
        programs = [Program("bash script.sh", ["bash", "script.sh"], folder=place)]
        for name, options in (("runbook, note and record", ()), ("runbook, no note", ("--record", "none"))):
            programs.append(executing(name, note, *options, before=reset))
        peers = {
            "just": ["just", "all"], "make": ["make", "-s", "all"], "task": ["task", "all"],
            "doit (keeps a record)": ["doit"], "invoke": ["invoke", "all"], "cram (keeps output)": ["cram", "steps.t"],
            "rundoc (keeps a record)": ["rundoc", "run", "rundoc.md", "-o", "rundoc.json"],
            "byexample": ["byexample", "-l", "shell", "byexample.md"],
        }
        for name, words in peers.items():
            if found(words[0]):
                programs.append(Program(name, [found(words[0]), *words[1:]], folder=place))
        runs = in_turns(programs, rounds)
        table = Table(
            f"steps-{count}", f"{count} steps of `true`", "ms a step",
            "Each step is a `bash` of its own. runbook has its journal on disk before each next one.",
            "Bar, at 1,000: at most 5 ms a step over bash, and within 2 times just." if count == 1000 else None)
        table_of(table, runs, lambda one, count=count: one.seconds * 1000 / count)
        table.notes.append(memory(runs))
        tables.append(table)
    return tables


def memory(runs):
    most = {name: max(one.memory for one in results) / 1024 for name, results in runs.items()}
    return "Most memory, MiB (what starts them is the least that is seen): " + ", ".join(f"{name} {value:.0f}" for name, value in most.items()) + "."


def long_run():
    table = Table(
        "steps-10000", "10,000 steps", "ms a step",
        "The cost of a step may not grow with the note. One run each.",
        "Bar: ten times the steps, at most twelve times the time.")
    runs = {}
    held = []
    for count in (1000, 10_000):
        note = work.steps(folder, count) / "note.md"
        for name, options in (("note and record", ()), ("no note", ("--record", "none"))):
            samples = []
            result = run(executing(name, note, *options), samples)
            subprocess.run([runbook, "reset", note], check=True, stdout=subprocess.DEVNULL)
            label = f"runbook, {count:,} steps, {name}"
            table.add(label, [result.seconds * 1000 / count])
            runs[label] = [result]
            held.append(f"{label}: {holding(samples)}")
    table.notes.append(memory(runs))
    table.notes.append("Held after a tenth of the run, and after nine tenths. " + "; ".join(held) + ".")
    return table


def holding(samples):
    early, late = samples[len(samples) // 10], samples[len(samples) * 9 // 10]
    return (f"{early.memory / 1024:.1f} and {late.memory / 1024:.1f} MiB, "
            f"{early.descriptors} and {late.descriptors} descriptors")


def remote():
    if not Host.program:
        return []
    table = Table(
        "remote", "Steps on a host", "ms a step",
        "100 steps of `true` over OpenSSH on this machine. Plain ssh goes over one connection that stays open, and keeps "
        "nothing; runbook has each step's script, log and status on the host, and finds it again after a lost link.")
    count = 100
    with Host(folder / "host") as host:
        place = work.remote(folder, count, host)
        original = (place / "note.md").read_text()
        programs = [
            Program("ssh, one connection", ["bash", "script.sh"], folder=place),
            executing("runbook, on a host", place / "note.md",
                      before=lambda: (place / "note.md").write_text(original)),
        ]
        return table_of(table, in_turns(programs, 3), lambda one: one.seconds * 1000 / count)


def output():
    tables = []
    for megabytes, rounds in ((256, 5), (1024, 3)):
        place = work.printing(folder, megabytes, 0)
        work.printing(folder, megabytes, 32)
        table = Table(
            f"output-{megabytes}", f"{megabytes} MB of output", "s",
            "Lines of 79 characters, or one line, into a file by `bash` and into the log of a step by runbook. Each run "
            "has a new file, and begins when the disk has all that was written before: else a run pays for the one "
            "before it, or gets what it overwrites for nothing.",
            "Bar: within 1.1 times bash, under 64 MB of memory; with 32 secrets at least 200 MB/s.")
        programs = []
        for kind in ("lines", "line"):
            tail = f"{kind}-{megabytes}-0"
            programs.append(Program(
                f"bash, {kind}", ["bash", f"{tail}.sh"], folder=place, before=os.sync,
                stdout=lambda: states / f"out-{next(numbers)}"))
            programs.append(
                executing(f"runbook, {kind}", place / f"{tail}.md", "--record", "none", before=os.sync))
        programs.append(executing(
            "runbook, lines, 32 secrets", place / f"lines-{megabytes}-32.md", "--record", "none",
            env=work.secret_values(32), before=os.sync))
        runs = in_turns(programs, rounds)
        table_of(table, runs)
        over = table.value("runbook, lines, 32 secrets") - table.value("runbook, lines")
        table.notes.append(f"The secrets cost {over:.2f} s: {megabytes / max(over, 0.001):,.0f} MB/s.")
        table.notes.append(memory(runs))
        tables.append(table)
        for log in [*states.glob("out-*"), *states.glob("*/runbook/runs/*/steps/*/log")]:
            log.unlink()
    return tables


def notes():
    table = Table(
        "notes", "Reading notes", "s",
        "`runbook check` over a vault of 10,000 notes beside the `cmark` program over the same files, both on all cores; "
        "`plan` and `check` of one note of 10,000 steps, and of one of the largest size that is read, 2 MiB.",
        "Bar: within 2 times cmark; a plan of 10,000 steps under 1 s.")
    place = work.vault(folder, 10_000)
    programs = []
    if found("cmark"):
        programs.append(Program(
            "cmark", ["sh", "-c", f"find . -name '*.md' -print0 | xargs -0 -n 500 -P {os.cpu_count()} cmark >/dev/null"],
            folder=place))
    programs.append(Program("runbook check", [runbook, "check", "."], folder=place, env=state))
    large = work.steps(folder, 10_000)
    prose = work.prose(folder, 2 << 20)
    programs += [
        Program("runbook plan, 10,000 steps", [runbook, "plan", "note.md"], folder=large, env=state),
        Program("runbook check, 10,000 steps", [runbook, "check", "note.md"], folder=large, env=state),
        Program("runbook check, 2 MiB", [runbook, "check", prose.name], folder=prose.parent, env=state),
    ]
    if found("cmark"):
        programs.append(Program("cmark, 10,000 steps", [found("cmark"), "note.md"], folder=large))
        programs.append(Program("cmark, 2 MiB", [found("cmark"), prose.name], folder=prose.parent))
    runs = in_turns(programs, 3)
    table_of(table, runs)
    table.notes.append(memory(runs))
    return table


def statistics():
    table = Table(
        "stats", "Figures of a year", "s", "`runbook stats` over record notes.",
        "Bar: 1,000 records under 0.5 s, 10,000 in a moment.")
    programs = [
        Program(f"runbook stats, {count:,} records", [runbook, "stats", "."],
                folder=work.records(folder, count), env=state) for count in (1000, 10_000)]
    told = subprocess.run([runbook, "stats", "."], cwd=programs[0].folder, capture_output=True, text=True).stdout
    if "Workflow-Quick 250 " not in " ".join(told.split()):
        raise SystemExit(f"stats does not read the records of this benchmark:\n{told}")
    return table_of(table, in_turns(programs, 5))


questions = {
    "start": start, "steps": steps, "long": long_run, "remote": remote, "output": output, "notes": notes, "stats": statistics,
}


def version(words):
    try:
        text = subprocess.run(words, capture_output=True, text=True, timeout=30).stdout.strip()
        return text.splitlines()[0] if text else ""
    except (OSError, subprocess.TimeoutExpired):
        return ""


def named(peer):
    """With its version; some say only that, and some who made them."""
    text = version([found(peer), "--version"]).split(" - ")[0].rstrip(".")
    return f"{peer} {text}".rstrip() if not text or text[0].isdigit() else text


def machine():
    model = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), "?")
    memory_size = next(int(line.split()[1]) for line in open("/proc/meminfo")) / (1 << 20)
    return f"{os.cpu_count()} × {model}, {memory_size:.0f} GiB, {platform.system()} {platform.release()}"


def main():
    states.mkdir(parents=True, exist_ok=True)
    tables = []
    for name, ask in questions.items():
        if wanted and name not in wanted:
            continue
        print(f"bench: {name}", file=sys.stderr)
        began = time.monotonic()
        result = ask()
        tables += result if isinstance(result, list) else [result]
        print(f"bench: {name} took {time.monotonic() - began:.0f} s", file=sys.stderr)
    page = [
        "# Benchmarks", "",
        "Made by `make bench`: a release build beside peers on the same work, in turns, on one machine. Ratios are to "
        "the first row. What is not on the machine and could not be had is not in the tables. What the figures come from is "
        "in [performance.md](performance.md).", "",
        f"{datetime.date.today()} · {machine()}", "",
        f"runbook {version([runbook, '--version'])}, {os.path.getsize(runbook):,} bytes stripped"
        + f" (bar: 25,000,000) · load before: {os.getloadavg()[0]:.1f}", "",
    ]
    peers = [p for p in ("just", "task", "make", "doit", "invoke", "cram", "ansible-playbook", "rundoc",
                         "byexample", "cmark") if found(p)]
    page += [" · ".join(named(p) for p in peers) + ".", ""]
    pictures = root / "docs" / "benchmarks"
    pictures.mkdir(exist_ok=True)
    for table in tables:
        page.append(table.markdown())
        (pictures / f"{table.slug}.svg").write_text(table.picture())
        print(table.markdown())
    if not wanted:
        (root / "docs" / "benchmarks.md").write_text("\n".join(page).rstrip() + "\n")
    shutil.rmtree(states, ignore_errors=True)


main()
