"""The least a program like ours could do: a window with a line to type in, and an opened encrypted file.

Run as a file, by path, so that nothing of ours is imported. Prints the moment at which both are there,
and with a third word the resident memory in megabytes.
"""

import sys
import time

import sqlcipher3.dbapi2 as driver
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget


class _Painted(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.yes = False

    def eventFilter(self, _: QObject, event: QEvent) -> bool:
        self.yes |= event.type() == QEvent.Type.Paint
        return False


application = QApplication([])
window = QWidget()
painted = _Painted()
window.installEventFilter(painted)
column = QVBoxLayout(window)
line = QLineEdit()
column.addWidget(line)
window.resize(720, 560)
window.show()
line.setFocus()
connection = driver.connect(sys.argv[1])
connection.execute(f"PRAGMA key = \"x'{sys.argv[2]}'\"")
connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
while not painted.yes:
    application.processEvents()
print(time.monotonic(), flush=True)  # noqa: T201
if len(sys.argv) > 3:
    line_about = next(line for line in open("/proc/self/status", encoding="ascii") if line.startswith("VmRSS:"))  # noqa: SIM115
    print(int(line_about.split()[1]) / 1024)  # noqa: T201
