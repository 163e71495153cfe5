"""Fetching a data set from a server on this machine: whole, resumed, cut, wrong, sent elsewhere, and from nowhere."""

import hashlib
import io
import socket
import threading
import zipfile
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from analysis.data import fetching
from analysis.data.fetching import DATA_SETS, DataSet, fetch, find_data_set
from analysis.errors import ConfigurationError, DataRefused

TABLE = b"Invoice,Quantity\n" + b"".join(b"%d,%d\n" % (number, number % 7) for number in range(60_000))


def pack(table: bytes = TABLE, name: str = "sales.csv") -> bytes:
    """Make a ZIP archive, stored as it is, as the publisher of Online Retail II does."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as packed:
        packed.writestr(zipfile.ZipInfo(name, (2019, 9, 22, 0, 0, 0)), table)
    return out.getvalue()


ARCHIVE = pack()


class Publisher(ThreadingHTTPServer):
    """A server of one file that notes what it is asked for, and can be told to misbehave."""

    archive, ranges, cut_after, sends_on, status, cuts = ARCHIVE, True, None, "", 200, 10**9

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Answer)
        self.asked = []

    @property
    def place(self):
        return f"http://127.0.0.1:{self.server_port}"


class Answer(BaseHTTPRequestHandler):
    """One answer of the publisher."""

    def do_GET(self):
        publisher, wanted = self.server, self.headers.get("Range")
        publisher.asked.append((self.path, wanted))
        if publisher.sends_on and self.path == "/data.zip":
            self.send_response(302)
            self.send_header("Location", publisher.sends_on)
            self.end_headers()
            return
        if publisher.status != 200:
            self.send_error(publisher.status)
            return
        begin = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted and publisher.ranges else 0
        if begin >= len(publisher.archive):
            self.send_error(416)
            return
        self.send_response(206 if begin else 200)
        if begin:
            self.send_header("Content-Range", f"bytes {begin}-{len(publisher.archive) - 1}/{len(publisher.archive)}")
        body = publisher.archive[begin:]
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if publisher.cut_after is not None and publisher.cuts > 0:
            publisher.cuts -= 1
            body = body[: publisher.cut_after]
        self.wfile.write(body)

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture
def publisher(monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    server = Publisher()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def described(publisher, archive: bytes = ARCHIVE, **other) -> DataSet:
    expected = {
        "key": "sales", "title": "Sales", "terms": "free", "url": f"{publisher.place}/data.zip", "size": len(archive), "sha256": hashlib.sha256(archive).hexdigest(),
        "member": "sales.csv", "member_size": len(TABLE), "member_sha256": hashlib.sha256(TABLE).hexdigest(),
    }  # fmt: skip
    return DataSet(**(expected | other))


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_file_arrives_once_and_is_not_asked_for_again(publisher, tmp_path):
    heard = []
    path = fetch(described(publisher), tmp_path / "public", on_progress=lambda *step: heard.append(step))
    assert path.read_bytes() == TABLE
    assert names(tmp_path / "public") == ["sales.csv"]
    assert heard[-1] == (len(ARCHIVE), len(ARCHIVE), "sales")
    assert [done for done, *_ in heard] == sorted(done for done, *_ in heard)
    fetch(described(publisher), tmp_path / "public")
    assert publisher.asked == [("/data.zip", None)]


def test_what_broke_off_goes_on_where_it_was(publisher, tmp_path):
    (tmp_path / "sales.zip.part").write_bytes(ARCHIVE[:1000])
    assert fetch(described(publisher), tmp_path).read_bytes() == TABLE
    assert publisher.asked == [("/data.zip", "bytes=1000-")]


def test_a_server_that_knows_no_ranges_sends_all_again(publisher, tmp_path):
    publisher.ranges = False
    (tmp_path / "sales.zip.part").write_bytes(ARCHIVE[:1000])
    assert fetch(described(publisher), tmp_path).read_bytes() == TABLE
    assert names(tmp_path) == ["sales.csv"]


def test_a_connection_that_is_cut_once_is_taken_up_again(publisher, tmp_path):
    publisher.cut_after, publisher.cuts = 100_000, 1
    assert fetch(described(publisher), tmp_path).read_bytes() == TABLE
    assert publisher.asked == [("/data.zip", None), ("/data.zip", "bytes=100000-")]


def test_one_that_is_always_cut_keeps_what_came_and_says_so(publisher, tmp_path):
    publisher.cut_after = 10_000
    with pytest.raises(DataRefused, match=r"0\.1 of 0\.5 MB have arrived and are kept: the same command goes on from there"):
        fetch(described(publisher), tmp_path)
    assert names(tmp_path) == ["sales.zip.part"]
    assert (tmp_path / "sales.zip.part").read_bytes() == ARCHIVE[:50_000]
    publisher.cut_after = None
    assert fetch(described(publisher), tmp_path).read_bytes() == TABLE
    assert publisher.asked[-1] == ("/data.zip", "bytes=50000-")


@pytest.mark.parametrize("there", [b"", b"x" * 1000, b"x" * len(ARCHIVE)], ids=["nothing", "some of another file", "all of another file"])
def test_what_was_there_of_another_file_does_no_harm(there, publisher, tmp_path):
    (tmp_path / "sales.zip.part").write_bytes(there)
    assert fetch(described(publisher), tmp_path).read_bytes() == TABLE


def test_more_than_the_whole_on_the_disk_is_begun_anew(publisher, tmp_path):
    (tmp_path / "sales.zip.part").write_bytes(ARCHIVE + b"and more")
    assert fetch(described(publisher), tmp_path).read_bytes() == TABLE
    assert publisher.asked == [("/data.zip", f"bytes={len(ARCHIVE) + 8}-"), ("/data.zip", None)]


def test_wrong_bytes_are_refused_and_leave_nothing(publisher, tmp_path):
    right = described(publisher)
    publisher.archive = ARCHIVE[:-1] + b"!"
    with pytest.raises(DataRefused, match=f"expected is {right.sha256}. It was deleted"):
        fetch(right, tmp_path)
    assert names(tmp_path) == []
    publisher.archive = ARCHIVE + b"!"
    with pytest.raises(DataRefused, match=f"more than the {len(ARCHIVE):,} bytes"):
        fetch(right, tmp_path)
    assert names(tmp_path) == []


def test_an_archive_with_another_table_in_it_is_refused(publisher, tmp_path):
    publisher.archive = pack(TABLE.replace(b"59999,", b"59998,"))
    with pytest.raises(DataRefused, match=r"sales\.csv in the archive is not the file"):
        fetch(described(publisher, publisher.archive), tmp_path)
    assert names(tmp_path) == []


def test_another_file_of_that_name_is_left_alone(publisher, tmp_path):
    (tmp_path / "sales.csv").write_text("mine")
    with pytest.raises(ConfigurationError, match="is there, and is another file"):
        fetch(described(publisher), tmp_path)
    assert (tmp_path / "sales.csv").read_text() == "mine"
    assert publisher.asked == []


def test_a_way_that_leads_elsewhere_unencrypted_is_not_taken(publisher, tmp_path):
    other = Publisher()
    publisher.sends_on = f"{other.place}/data.zip"
    with pytest.raises(DataRefused, match=rf"sends the download on to {other.place}, which is not encrypted"):
        fetch(described(publisher), tmp_path)
    other.server_close()
    publisher.sends_on = "file:///etc/passwd"
    with pytest.raises(DataRefused):
        fetch(described(publisher), tmp_path)
    assert names(tmp_path) == [] and other.asked == []
    publisher.sends_on = "/archive/data.zip"  # the same server may move it
    assert fetch(described(publisher), tmp_path).read_bytes() == TABLE


def test_a_refusal_of_the_server_is_told(publisher, tmp_path):
    publisher.status = 404
    with pytest.raises(DataRefused, match=r"could not be fetched from 127\.0\.0\.1: the answer was 404 Not Found"):
        fetch(described(publisher), tmp_path)
    assert len(publisher.asked) == 1 and names(tmp_path) == []


def test_without_a_network_there_is_one_sentence(publisher, tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        nobody = f"http://127.0.0.1:{free.getsockname()[1]}/data.zip"
    for url in (nobody, "http://no-such-host.invalid/data.zip"):
        with pytest.raises(DataRefused) as failed:
            fetch(described(publisher, url=url), tmp_path)
        assert str(failed.value).endswith("Is there a network, and does it let this address through?") and "\n" not in str(failed.value)
    assert names(tmp_path) == []


def test_a_server_that_falls_silent_is_not_waited_for_for_ever(monkeypatch, tmp_path):
    monkeypatch.setattr(fetching, "_PATIENCE", 0.3)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/data.zip"
        with pytest.raises(DataRefused, match="timed out"):
            fetch(replace(DATA_SETS["online_retail_ii"], url=url), tmp_path)


def test_data_sets_are_asked_for_encrypted_and_by_a_name_that_people_may_write_as_they_like():
    assert find_data_set("Online-Retail II").size == 45_622_418
    with pytest.raises(ConfigurationError, match="there are: 'online_retail_ii'"):
        find_data_set("iris")
    for each in DATA_SETS.values():
        assert each.url.startswith("https://") and len(each.sha256) == len(each.member_sha256) == 64
