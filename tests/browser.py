"""A headless Chromium, driven over a pipe by its DevTools protocol."""

import base64
import fcntl
import json
import os
import select
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

__all__ = ["Browser", "chromium"]

_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
_MOST_SECONDS = 60
# The browser reads its orders from descriptor 3 and answers on 4.
_START = """
import os, sys
os.dup2(int(sys.argv[1]), 3)
os.dup2(int(sys.argv[2]), 4)
os.execv(sys.argv[3], sys.argv[3:])
"""


def chromium() -> str | None:
    """The path of a Chromium, if there is one."""
    return next(filter(None, map(shutil.which, _NAMES)), None)


class Browser:
    """One page in a headless Chromium that reaches no network; ``errors`` is what its console says."""

    def __init__(self, program: str, folder: Path) -> None:
        self.errors: list[str] = []
        self.loaded = 0
        self._number = 0
        self._session = ""
        to_read, self._to = os.pipe()
        self._from, to_write = os.pipe()
        read, write = (fcntl.fcntl(end, fcntl.F_DUPFD, 10) for end in (to_read, to_write))
        self._process = subprocess.Popen(
            [
                *(sys.executable, "-c", _START, str(read), str(write), program),
                *("--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe"),
                *(f"--user-data-dir={folder}", "--host-resolver-rules=MAP * ~NOTFOUND"),
                *("--disable-quic", "--no-first-run", "--disable-background-networking"),
                *("--disable-component-update", "--disable-sync"),
            ],
            pass_fds=(read, write),
            start_new_session=True,  # its children, too, end with it
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for end in (to_read, to_write, read, write):
            os.close(end)
        self._rest = b""
        target = self._call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self._call("Target.attachToTarget", targetId=target, flatten=True)[
            "sessionId"
        ]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self._call(f"{domain}.enable")

    def close(self) -> None:
        """End the browser."""
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        os.close(self._to)
        os.close(self._from)

    def open(self, page: Path, width: int = 1200, scheme: str = "light") -> None:
        """Load a file, and wait until it is loaded."""
        self.look(width, scheme)
        self.errors.clear()
        self.loaded = 0
        self._call("Page.navigate", url=page.as_uri())
        while not self.loaded:
            self._handle(self._message())

    def look(self, width: int, scheme: str, media: str = "") -> None:
        """Set the width in pixels, ``light`` or ``dark``, and the medium."""
        size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 700}
        self._call("Emulation.setDeviceMetricsOverride", **size)
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self._call("Emulation.setEmulatedMedia", media=media, features=features)

    def run(self, script: str) -> Any:
        """The value of an expression in the page."""
        answer = self._call(
            "Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True
        )
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def press(self, key: str) -> None:
        """Press one key."""
        text = {"text": key} if len(key) == 1 else {}
        self._call("Input.dispatchKeyEvent", type="keyDown", key=key, **text)
        self._call("Input.dispatchKeyEvent", type="keyUp", key=key)

    def picture(self, path: Path, width: int, height: int) -> None:
        """Save what is to be seen at the top left, as PNG of this size in pixels."""
        clip = {"x": 0, "y": 0, "width": width, "height": height, "scale": 1}
        data = self._call("Page.captureScreenshot", clip=clip)["data"]
        path.write_bytes(base64.b64decode(data))

    def printed(self) -> bytes:
        """The page as it is printed, as PDF."""
        return base64.b64decode(self._call("Page.printToPDF")["data"])

    def _call(self, method: str, **params: Any) -> dict[str, Any]:
        self._number += 1
        order = {"id": self._number, "method": method, "params": params}
        if self._session:
            order["sessionId"] = self._session
        os.write(self._to, json.dumps(order).encode() + b"\0")
        while (answer := self._message()).get("id") != self._number:
            self._handle(answer)
        assert "result" in answer, answer
        result: dict[str, Any] = answer["result"]
        return result

    def _message(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            # It may hang without ending, and a test must not.
            assert select.select([self._from], [], [], _MOST_SECONDS)[0], "the browser says nothing"
            data = os.read(self._from, 1 << 16)
            assert data, "the browser has gone"
            self._rest += data
        data, _, self._rest = self._rest.partition(b"\0")
        message: dict[str, Any] = json.loads(data)
        return message

    def _handle(self, event: dict[str, Any]) -> None:
        name, params = event.get("method"), event.get("params", {})
        if name == "Page.loadEventFired":
            self.loaded += 1
        elif name in ("Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded"):
            self.errors.append(json.dumps(params))
        elif name == "Network.requestWillBeSent":
            url = params["request"]["url"]
            if not url.startswith("file:"):
                self.errors.append(f"asked for {url}")
