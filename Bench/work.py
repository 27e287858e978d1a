"""The work that is measured: notes, scripts, recipes of peers."""

import os
import pathlib
import stat


def write(path, text):
    path = pathlib.Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def program(path, text):
    path = write(path, text)
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def steps(folder, count):
    """The same steps of `true`, each in a bash of its own, for all who can."""
    folder = pathlib.Path(folder) / f"steps-{count}"
    note = "---\ncwd: .\ntimeout: none\n---\n" + "".join(
        f"- [ ] Step {n}\n  ```bash\n  true\n  ```\n" for n in range(count))
    write(folder / "note.md", note)
    write(folder / "script.sh", "set -e\n" + "bash -c true\n" * count)
    names = " ".join(f"s{n}" for n in range(count))
    write(folder / "justfile", f"all: {names}\n" + "".join(
        f"s{n}:\n  #!/usr/bin/env bash\n  true\n" for n in range(count)))
    write(folder / "Makefile", f"all: {names}\n.PHONY: all {names}\n" + "".join(
        f"s{n}:\n\t@bash -c true\n" for n in range(count)))
    write(folder / "Taskfile.yml", "version: '3'\nsilent: true\ntasks:\n  all:\n    cmds:\n"
          + "".join(f"      - task: s{n}\n" for n in range(count))
          + "".join(f"  s{n}:\n    cmds:\n      - bash -c true\n" for n in range(count)))
    write(folder / "dodo.py", "".join(
        f"def task_s{n:05}():\n    return {{'actions': ['bash -c true']}}\n" for n in range(count)))
    write(folder / "tasks.py", "from invoke import task\n\n@task\ndef all(c):\n"
          + f"    for _ in range({count}):\n        c.run('bash -c true')\n")
    write(folder / "steps.t", "".join("  $ bash -c true\n" for _ in range(count)))
    write(folder / "rundoc.md", "```bash\ntrue\n```\n\n" * count)
    write(folder / "byexample.md", "```shell\n" + "$ bash -c true\n" * count + "```\n")
    return folder


def remote(folder, count, host):
    """Steps of `true` on a host; the same by plain ssh over one connection."""
    folder = pathlib.Path(folder) / f"remote-{count}"
    write(folder / "note.md", f"---\ncwd: .\ntimeout: none\nssh_config: {host.config}\n---\n" + "".join(
        f"- [ ] Step {n}\n  ```bash {{host=bench}}\n  true\n  ```\n" for n in range(count)))
    ssh = f"ssh -F {host.config} -o ControlPath={host.folder}/control"
    write(folder / "script.sh", f"set -e\n{ssh} -o ControlMaster=yes -o ControlPersist=60 bench true\n"
          + f"{ssh} bench bash -c true\n" * count + f"{ssh} -O exit bench\n")
    return folder


def prose(folder, size):
    """One note of so many bytes, of words mostly."""
    line = "Words of *prose* with a [link](https://example.org) and `code`, over and over again.\n"
    text = "- [ ] One\n  ```bash\n  true\n  ```\n\n"
    return write(pathlib.Path(folder) / "prose" / "note.md", text + line * ((size - len(text)) // len(line)))


def printing(folder, megabytes, secrets):
    """A step that prints lines, or one line, and knows secrets or none."""
    folder = pathlib.Path(folder) / "output"
    raw = megabytes * 3 // 4
    lines = f"head -c {raw}M {folder}/random | base64 -w 79"
    names = [f"SECRET_{n}" for n in range(secrets)]
    head = "---\ncwd: .\ntimeout: none\nlog_limit: 8GiB\n"
    if names:
        head += f"secrets: [{', '.join(names)}]\n"
    one = f"head -c {raw}M {folder}/random | base64 -w 0"
    for name, command in (("lines", lines), ("line", one)):
        tail = f"-{megabytes}-{secrets}"
        write(folder / f"{name}{tail}.md", f"{head}---\n- [ ] Print\n  ```bash\n  {command}\n  ```\n")
        write(folder / f"{name}{tail}.sh", command + "\n")
    if not (folder / "random").exists():
        block = os.urandom(1 << 20)
        with open(folder / "random", "wb") as file:
            for _ in range(1024):
                file.write(block)
    return folder


def secret_values(count):
    return {f"SECRET_{n}": f"Secret{n}-{n * 7919 % 10007}/value&{n}" for n in range(count)}


def vault(folder, count):
    """Notes as people write them: prose, lists, a table, a few steps."""
    folder = pathlib.Path(folder) / f"vault-{count}"
    (folder / ".obsidian").mkdir(parents=True, exist_ok=True)
    prose = "Words of *prose* with a [link](https://example.org) and `code`, over and over again.\n" * 12
    for n in range(count):
        write(folder / f"{n // 100:03}" / f"note-{n}.md",
              f"---\ntags: [runbook]\ntimeout: 5m\n---\n# Note {n}\n\n{prose}\n"
              + "| a | b |\n| - | - |\n| 1 | 2 |\n\n"
              + "".join(f"- [ ] Step {s} of {n}\n  ```bash\n  echo {s}\n  ```\n" for s in range(4))
              + f"\n{prose}\n")
    return folder


def records(folder, count):
    """Record notes of four workflows over a year."""
    folder = pathlib.Path(folder) / f"records-{count}"
    (folder / ".obsidian").mkdir(parents=True, exist_ok=True)
    for n in range(count):
        mode = ("Quick", "Fast", "Full", "Incremental")[n % 4]
        day = f"2026-{n % 12 + 1:02}-{n % 28 + 1:02}"
        clock = f"{n % 24:02}:{n % 60:02}:{n // 24 % 60:02}"
        failed = n % 9 == 0
        rows = "".join(
            f"| {s} | Step {s} | {'failed' if failed and s == 4 else 'succeeded'} |  | 1.5s | 1.{n % 1000:03} | {clock} |\n"
            for s in range(1, 5))
        write(folder / "Runs" / f"{day} {clock.replace(':', '')} Workflow-{mode} {n}.md",
              f"---\ntags: [runbook-run]\nrunbook: \"[[Workflow-{mode}]]\"\n"
              f"run_status: {'rolled back' if failed else 'succeeded'}\nrun_started: {day}T{clock}+00:00\n"
              f"run_seconds: {20 + n % 100}.5\nrun_steps: 4\nrun_id: {day.replace('-', '')}-{clock.replace(':', '')}-{n:04x}\nhost: h\nuser: u\n---\n\n"
              "## Steps\n\n|  | Step | Result | Exit | Took | Seconds | At |\n"
              "| ---: | --- | --- | ---: | ---: | ---: | --- |\n" + rows)
    return folder
