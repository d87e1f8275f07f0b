"""growth.py: what a dossier costs at each size that compare.py measured, on one thread: with the start in it, and each further one than at the size before."""

import json
from pathlib import Path

KEPT = Path(__file__).resolve().parent.parent.parent / "target" / "side_by_side" / "growth.json"


def main():
    print("\n| engine | dossiers | CPU µs a dossier | CPU µs a further dossier |")
    print("|---|--:|--:|--:|")
    for name, sizes in json.loads(KEPT.read_text()).items():
        before = None
        for dossiers, cpu in sorted((int(dossiers), cpu) for dossiers, cpu in sizes.items()):
            further = f"{(cpu - before[1]) / (dossiers - before[0]) * 1e6:.2f}" if before else ""
            print(f"| {name} | {dossiers:,} | {cpu / dossiers * 1e6:.2f} | {further} |")
            before = (dossiers, cpu)


if __name__ == "__main__":
    main()
