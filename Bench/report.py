"""The page and its pictures."""

import html


class Table:
    """What a question found: a row a program, with its median, the least and the most, and its ratio to the first."""

    def __init__(self, slug, title, unit, text, bar=None):
        self.slug = slug
        self.title = title
        self.unit = unit
        self.text = text
        self.bar = bar
        self.rows = []
        self.notes = []

    def add(self, name, values):
        values = sorted(values)
        middle = values[len(values) // 2] if len(values) % 2 else (
            values[len(values) // 2 - 1] + values[len(values) // 2]) / 2
        self.rows.append((name, middle, values[0], values[-1]))

    def value(self, name):
        return next(row[1] for row in self.rows if row[0] == name)

    def markdown(self):
        lines = [f"## {self.title}", "", self.text, ""]
        lines += [f"![{self.title}](benchmarks/{self.slug}.svg)", ""]
        lines += [f"| | median, {self.unit} | least to most | ratio |", "| --- | ---: | ---: | ---: |"]
        first = self.rows[0][1]
        for name, middle, least, most in self.rows:
            ratio = f"{middle / first:.2f}" if first else ""
            lines.append(f"| {name} | {figure(middle)} | {figure(least)} to {figure(most)} | {ratio} |")
        lines.append("")
        if self.bar:
            lines += [self.bar, ""]
        for note in self.notes:
            lines += [note, ""]
        return "\n".join(lines)

    def picture(self):
        """A bar a program; none is longer than the picture, and all are to scale."""
        wide, high, left = 720, 26, 220
        most = max(row[1] for row in self.rows) or 1
        parts = [
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high * len(self.rows) + 12}" '
            'font-family="sans-serif" font-size="13">'
        ]
        for index, (name, middle, _, _) in enumerate(self.rows):
            y = 6 + index * high
            length = max(1, (wide - left - 110) * middle / most)
            colour = "#7c3aed" if name.startswith("runbook") else "#94a3b8"
            parts.append(
                f'<text x="{left - 8}" y="{y + 17}" text-anchor="end" fill="#64748b">{html.escape(name)}</text>')
            parts.append(
                f'<rect x="{left}" y="{y + 3}" width="{length:.1f}" height="{high - 8}" rx="3" fill="{colour}"/>')
            parts.append(
                f'<text x="{left + length + 6:.1f}" y="{y + 17}" fill="#64748b">{figure(middle)} {self.unit}</text>')
        return "\n".join(parts + ["</svg>", ""])


def figure(value):
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.2f}" if value >= 1 else f"{value:.3g}"
