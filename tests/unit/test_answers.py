"""What customers say and do: every row is read or set aside with its reason, and counted."""

import csv
import datetime as dt
import io
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from analysis.config import load_config, parse_config
from analysis.data.mapping import guess, write_config
from analysis.data.sources import read_input
from analysis.engine import open_engine
from analysis.errors import ConfigurationError, DataRefused
from analysis.run import open_run, read_data
from shops import ENOUGH, look

PROJECT = Path(__file__).resolve().parents[2]
SAMPLE = PROJECT / "data" / "raw" / "sample"
LINES = "customer,at,order,product,quantity,price\na,2024-01-05 10:00,1,P,1,5\nb,2024-02-05 10:00,2,P,2,5\nc,2024-03-05 10:00,3,P,1,5\n"
ORDERS = {"customer_id": "customer", "ordered_at": "at", "order_id": "order", "product_id": "product", "quantity": "quantity", "unit_price": "price"}
FEEDBACK = {"customer_id": "who", "answered_at": "day", "kind": "kind", "score": "score", "scale": "scale", "topic": "topic", "comment": "comment"}
EVENTS = {"customer_id": "who", "occurred_at": "day", "kind": "what", "object": "about", "count": "times", "value": "worth"}


def configure(folder: Path, *, limits: dict | None = None, encoding: str = "utf-8", **inputs: tuple[str, dict]):
    """Write a shop of three customers with further inputs, each a text and its section."""
    (folder / "lines.csv").write_text(LINES, encoding="utf-8")
    sections = {"transactions": {"files": ["lines.csv"], "columns": ORDERS, "dates": "iso"}}
    for name, (text, section) in inputs.items():
        (folder / f"{name}.csv").write_bytes(text.encode(encoding))
        sections[name] = {"files": [f"{name}.csv"]} | section
    return parse_config({"name": "shop", "inputs": sections, "sufficiency": ENOUGH, "limits": limits or {}}, folder)


def answers(folder: Path, body: str, header: str = "who,day,kind,score,scale,topic,comment", **section):
    """Read answers; give them by row number."""
    columns = {ours: theirs for ours, theirs in FEEDBACK.items() if theirs in header.split(",")}
    config = configure(folder, feedback=(f"{header}\n{body}", {"columns": columns} | section))
    rows = read_input(open_engine(folder / "scratch"), config, "feedback").lines.order_by("source_row").to_pyarrow().to_pylist()
    assert len(rows) == len(body.splitlines())
    return rows


def problem(folder: Path, row: str, **section) -> str | None:
    return answers(folder, row + "\n", **section)[0]["problem"]


# --- the sample shop


def test_the_sample_is_read_to_the_last_row():
    run = open_run(PROJECT / "workbook.toml", as_of="2025-06-30", lang="en")
    told = {name: list(csv.DictReader((SAMPLE / f"{name}.csv").read_text(encoding="utf-8").splitlines())) for name in ("feedback", "events")}
    assert [len(told["feedback"]), len(told["events"])] == [831, 2244]  # the README's 832 and 2,245 lines without their headers
    by_then = {
        name: [row for row in rows if dt.datetime.strptime(row[at], "%Y/%m/%d %H:%M") < dt.datetime(2025, 7, 1)]
        for (name, rows), at in zip(told.items(), ("answered_at", "occurred_at"), strict=True)
    }
    found = look(run.opened, "answers")
    lows = {"nps": 0, "csat": 1, "ces": 1}
    expected = Counter(
        (r["customer_id"], r["kind"], float(r["score"]), float(lows[r["kind"]]), float(r["scale"]), r["topic"] or None) for r in by_then["feedback"]
    )
    assert Counter(found[["customer_id", "kind", "score", "scale_low", "scale_high", "topic"]].itertuples(index=False, name=None)) == expected
    events = look(run.opened, "contacts")
    expected = Counter(
        (r["customer_id"], r["kind"], r["object"] or None, int(r["count"]), float(r["value"]) if r["value"] else None) for r in by_then["events"]
    )
    assert Counter(events[["customer_id", "kind", "object", "count", "value"]].itertuples(index=False, name=None)) == expected
    later = {name: len(told[name]) - len(by_then[name]) for name in told}
    assert min(later.values()) > 0
    assert {note.values["input"]: note.values["count"] for note in run.notes if note.key == "input-later"} == later


def test_the_files_of_the_sample_are_in_the_manifest_and_in_the_name_of_the_run(tmp_path):
    config = configure(tmp_path, events=("who,day,what\na,2024-01-01,view\n", {"columns": {k: EVENTS[k] for k in ("customer_id", "occurred_at", "kind")}}))
    first = read_data(config, "latest")
    assert [(file.name, file.records) for file in first.inputs] == [("lines.csv", 3), ("events.csv", 1)]
    (tmp_path / "events.csv").write_text("who,day,what\na,2024-01-01,click\n", encoding="utf-8")
    second = read_data(config, "latest")
    assert first.id != second.id and first.inputs[1].sha256 != second.inputs[1].sha256


def test_without_the_inputs_there_are_tables_without_rows(tmp_path):
    opened = read_data(configure(tmp_path), "latest")
    assert list(look(opened, "answers").columns) == ["customer_id", "answered_at", "kind", "score", "scale_low", "scale_high", "topic", "comment"]
    assert list(look(opened, "contacts").columns) == ["customer_id", "occurred_at", "kind", "object", "count", "value"]
    assert len(look(opened, "answers")) == len(look(opened, "contacts")) == 0 and opened.get("input_notes") == ()


# --- kinds and scales


@pytest.mark.parametrize(
    ("scale", "ends"),
    [("10", (0, 10)), ("0-10", (0, 10)), ("1-10", (1, 10)), ("10.0", (0, 10)), ("1 – 10", (1, 10)), ("1到10", (1, 10)), ("１～１０", (1, 10)), ("10分制", (0, 10)), ("-5 to 5", (-5, 5))],
)  # fmt: skip
def test_a_scale_is_its_highest_answer_or_both_ends(tmp_path, scale, ends):
    row = answers(tmp_path, f"a,2024-01-01,nps,5,{scale},,\n")[0]
    assert (row["scale_low"], row["scale_high"], row["problem"]) == (*ends, None)


def test_other_answers_than_nps_begin_at_one(tmp_path):
    rows = answers(tmp_path, "a,2024-01-01,csat,4,5,,\na,2024-01-01,ces,7,7,,\na,2024-01-01,csat,0,5,,\n")
    assert [(row["scale_low"], row["scale_high"]) for row in rows] == [(1, 5), (1, 7), (1, 5)]
    assert [row["problem"] for row in rows] == [None, None, "score outside its scale"]


def test_the_usual_scale_counts_only_where_no_scale_is_told(tmp_path):
    rows = answers(tmp_path, "a,2024-01-01,nps,0\na,2024-01-01,csat,5\na,2024-01-01,ces,7\na,2024-01-01,ces,8\na,2024-01-01,stars,3\n", "who,day,kind,score")
    assert [(row["scale_low"], row["scale_high"]) for row in rows] == [(0, 10), (1, 5), (1, 7), (1, 7), (None, None)]
    assert [row["problem"] for row in rows] == [None, None, None, "score outside its scale", "scale missing"]
    assert problem(tmp_path, "a,2024-01-01,nps,5,,,") == "scale missing"  # the file tells scales, this row does not
    assert problem(tmp_path, "a,2024-01-01,nps,5,,,", scale=10) is None


def test_kind_and_scale_said_once(tmp_path):
    row = answers(tmp_path, "a,2024-01-01,4\n", "who,day,score", kind="csat", scale="1-5")[0]
    assert (row["kind"], row["scale_low"], row["scale_high"], row["score"]) == ("csat", 1, 5, Decimal(4))


@pytest.mark.parametrize(
    ("told", "key"),
    [("NPS", "nps"), ("净推荐值", "nps"), ("满意度", "csat"), ("Star rating", "csat"), ("费力度", "ces"), ("Net-Promoter Score", "nps"), ("mood", "mood")],
)
def test_kinds_of_answers_have_our_names(tmp_path, told, key):
    assert answers(tmp_path, f"a,2024-01-01,{told},3,5,,\n")[0]["kind"] == key


def test_a_high_score_for_much_effort_is_turned_round(tmp_path):
    text = "who,day,kind,score,scale\na,2024-01-01,ces,7,7\nb,2024-01-01,ces,2,7\nc,2024-01-01,nps,9,10\n"
    columns = {ours: theirs for ours, theirs in FEEDBACK.items() if theirs in text}
    given = look(read_data(configure(tmp_path, feedback=(text, {"columns": columns})), "latest"), "answers")
    turned = look(read_data(configure(tmp_path, feedback=(text, {"columns": columns, "ces_high_is_good": False})), "latest"), "answers")
    assert given.set_index("customer_id").score.to_dict() == {"a": 7, "b": 2, "c": 9}
    assert turned.set_index("customer_id").score.to_dict() == {"a": 1, "b": 6, "c": 9}  # 1 + 7 - 7, 1 + 7 - 2


# --- rows that cannot be used


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("a,yesterday,nps,5,10,,", "date unreadable"),
        ("a,,nps,5,10,,", "date missing"),
        ("a,1912-01-01,nps,5,10,,", "date impossible"),
        ("a,2024-01-01,,5,10,,", "kind missing"),
        ("a,2024-01-01,nps,good,10,,", "score unreadable"),
        ("a,2024-01-01,nps,,10,,", "score missing"),
        ("a,2024-01-01,nps,5,many,,", "scale unreadable"),
        ("a,2024-01-01,nps,5,10-1,,", "scale impossible"),
        ("a,2024-01-01,nps,11,10,,", "score outside its scale"),
        ("a,2024-01-01,nps,-1,10,,", "score outside its scale"),
        ("1.2346E+04,2024-01-01,nps,5,10,,", "customer_id destroyed"),
        ("Total,,,12,,,", "a totals row"),
        ("a,2024-01-01,nps", "3 values where the header has 7 columns"),
    ],
)
def test_a_row_that_cannot_be_used_says_why(tmp_path, row, why):
    rows = answers(tmp_path, f"{row}\n" + "b,2024-01-01,nps,5,10,,\n" * 5)
    assert rows[0]["problem"].startswith(why) and [one["problem"] for one in rows[1:]] == [None] * 5


@pytest.mark.parametrize(("row", "why"), [("a,2024-01-01,view,p,-1,", "count impossible"), ("a,2024-01-01,view,p,1.5,", "count impossible"), ("a,2024-01-01,view,p,x,", "count unreadable"),
                                          ("a,2024-01-01,view,p,1,x", "value unreadable"), ("a,soon,view,p,1,", "date unreadable"), ("a,2024-01-01,,p,1,", "kind missing")])  # fmt: skip
def test_an_event_that_cannot_be_used_says_why(tmp_path, row, why):
    config = configure(tmp_path, events=(f"who,day,what,about,times,worth\n{row}\nb,2024-01-01,浏览,P1,,2.5\n", {"columns": EVENTS}))
    rows = read_input(open_engine(tmp_path / "s"), config, "events").lines.order_by("source_row").to_pyarrow().to_pylist()
    assert rows[0]["problem"].startswith(why)
    assert (rows[1]["kind"], rows[1]["object"], rows[1]["count"], rows[1]["value"], rows[1]["problem"]) == ("browse", "P1", 1, Decimal("2.5"), None)


def test_every_row_is_kept_set_aside_or_left_for_later(tmp_path):
    body = (
        "a,2024-01-02,nps,9,10,price,fine\n"
        "a,2024-03-05 23:59,csat,2,5,,\n"  # the last minute of as-of
        "b,2024-03-06 00:00,csat,5,5,,\n"  # later
        "zz,2024-01-03,nps,0,10,,\n"  # nobody that we know
        "zz,2024-01-04,nps,1,10,,\n"
        ",2024-01-03,nps,7,10,,\n"  # names nobody
        "c,2024-01-03,nps,77,10,quality,call 13812345678\n"  # not on its scale
        "c,2024-01-03,mood,3,5,,\n"  # another kind
        "c,2024-01-03,nps,3,5,,\n"  # another scale
    )
    config = configure(tmp_path, limits={"banner": 0.1}, feedback=("who,day,kind,score,scale,topic,comment\n" + body, {"columns": FEEDBACK}))
    opened = read_data(config, "latest")
    assert opened.as_of == dt.date(2024, 3, 5)
    kept = look(opened, "answers")
    assert len(kept) == 9 - 1 - 1  # all but the later one and the one in quarantine
    assert sorted(kept.customer_id.fillna("?")) == ["?", "a", "a", "c", "c", "zz", "zz"]
    said = {note.key: note.values for note in opened.get("warnings")}
    assert said["input-later"] == {"input": "feedback", "count": 1} and said["input-nobody"] == {"input": "feedback", "count": 1}
    assert said["input-unknown"] == {"input": "feedback", "count": 2, "customers": 1}
    assert said["input-quarantine"]["share"] == "11.1%"  # 1 of 9
    assert said["answers-other-kinds"]["count"] == 1 and "mood" in said["answers-other-kinds"]["kinds"]
    assert said["answers-scales"] == {"kind": "NPS", "scales": "0-5 (1), 0-10 (4)"}
    aside = look(opened, "quarantine")
    assert aside[["source_file", "source_row", "rule", "reason"]].to_numpy().tolist() == [["feedback.csv", 8, "feedback", "score outside its scale"]]
    assert "13812345678" not in aside.raw[0] and "comment=***" in aside.raw[0] and "topic=quality" in aside.raw[0]


def test_free_text_of_a_row_that_is_none_is_masked(tmp_path):
    row = answers(tmp_path, "a,2024-01-01,nps,5,10,x,call me,on 13812345678,please\n" + "b,2024-01-01,nps,5,10,,\n" * 5)[0]
    assert row["problem"].startswith("9 values") and row["raw"] == "***"


def test_free_text_is_masked_where_it_is_not_mapped(tmp_path):
    (tmp_path / "lines.csv").write_text(
        LINES.replace("price\n", "price,买家留言\n", 1).replace("5\n", "5,\n") + "d,2024-03-06 10:00,4,P,1,打 13812345678\n", encoding="utf-8"
    )
    config = parse_config(
        {"name": "shop", "inputs": {"transactions": {"files": ["lines.csv"], "columns": ORDERS, "dates": "iso"}}, "limits": {"refuse": 1}}, tmp_path
    )
    aside = look(read_data(config, "latest"), "quarantine")
    assert len(aside) == 1 and "13812345678" not in aside.raw[0]


def test_answers_have_a_limit_of_their_own(tmp_path):
    text = "who,day,kind,score,scale,topic,comment\na,2024-01-01,nps,x,10,,\na,2024-01-02,nps,8,10,,\n"
    with pytest.raises(DataRefused, match=r"1 of 2 rows of feedback \(50%\) cannot be read.*score unreadable.*row 2 of feedback.csv"):
        read_data(configure(tmp_path, feedback=(text, {"columns": FEEDBACK})), "latest")


def test_a_file_without_answers_is_no_reason_to_refuse(tmp_path):
    opened = read_data(configure(tmp_path, feedback=("who,day,kind,score,scale,topic,comment\n", {"columns": FEEDBACK})), "latest")
    assert len(look(opened, "answers")) == 0 and [note.key for note in opened.notes] == ["file-empty"]


@pytest.mark.parametrize("encoding", ["gbk", "utf-16", "utf-8-sig"])
def test_encodings(tmp_path, encoding):
    text = "客户编号,评价时间,类型,得分,满分,主题,评价内容\na,2024年1月2日,满意度,4,5,质量,很好，会再来\n"
    columns = dict(zip(FEEDBACK, text.splitlines()[0].split(","), strict=True))
    found = look(read_data(configure(tmp_path, encoding=encoding, feedback=(text, {"columns": columns})), "latest"), "answers")
    assert found.loc[0, ["kind", "score", "topic", "comment"]].tolist() == ["csat", 4, "质量", "很好，会再来"]


def test_hostile_text_stays_what_it_is(tmp_path):
    evil = ["=cmd|' /C calc'!A0", "<script>alert(1)</script>", "'; drop table answers; --", "\u202egnp.exe", "🎁" * 50, 'a "b", c\nd']
    file = io.StringIO()
    csv.writer(file).writerows([["who", "day", "what", "about"], *[["a", "2024-01-01", text, text] for text in evil]])
    columns = {ours: EVENTS[ours] for ours in ("customer_id", "occurred_at", "kind", "object")}
    config = configure(tmp_path, events=(file.getvalue(), {"columns": columns}))
    found = look(read_data(config, "latest"), "contacts")
    assert sorted(found.object) == sorted(found.kind) == sorted(evil)


@pytest.mark.parametrize(
    ("section", "wrong", "match"),
    [
        ("feedback", {"columns": {"customer_id": "who", "answered_at": "day"}}, r"lacks score, kind \(or"),
        ("feedback", {"columns": FEEDBACK, "scale": "high"}, "scale is the highest answer"),
        ("feedback", {"columns": FEEDBACK, "kind": "mood"}, "kind"),
        ("feedback", {"columns": FEEDBACK | {"mood": "m"}}, "unknown columns 'mood'"),
        ("events", {"columns": {"customer_id": "who", "occurred_at": "day"}}, r"lacks kind \(or"),
        ("transactions", {"columns": ORDERS, "fill_down": ["quantity"]}, "cannot repeat 'quantity'"),
        ("transactions", {"columns": ORDERS, "fill_down": ["email"]}, "neither under columns nor under attributes"),
    ],
)
def test_a_section_that_cannot_be_is_explained(tmp_path, section, wrong, match):
    inputs = {"transactions": {"files": ["x.csv"], "columns": ORDERS}} | {section: {"files": ["x.csv"]} | wrong}
    with pytest.raises(ConfigurationError, match=match):
        parse_config({"name": "shop", "inputs": inputs}, tmp_path)


# --- recognised without a configuration


def test_the_files_of_the_sample_are_recognised(tmp_path):
    files = [SAMPLE / name for name in ("events.csv", "feedback.csv", "customers.csv", "transactions-2023.csv", "transactions-2024.csv")]
    guessed = guess(open_engine(tmp_path / "scratch"), files)
    assert guessed.feedback["columns"] == {name: name for name in ("customer_id", "answered_at", "kind", "score", "scale", "topic", "comment")}
    assert guessed.events["columns"] == {name: name for name in ("customer_id", "occurred_at", "kind", "object", "count", "value")}
    assert guessed.transactions["columns"]["order_id"] == "订单号" and guessed.customers["columns"]["customer_id"] == "客户编号"
    write_config(guessed, tmp_path / "workbook.toml")
    config = load_config(tmp_path / "workbook.toml")
    for name, rows in (("feedback", 831), ("events", 2244)):
        lines = read_input(open_engine(tmp_path / name), config, name).lines
        assert (lines.count().execute(), lines.problem.count().execute()) == (rows, 0)


@pytest.mark.parametrize(
    ("header", "rows", "kind", "columns"),
    [
        ("客户编号,评价时间,满意度", "a,2024-01-02,4\nb,2024-01-03,5", "csat", {"score": "满意度"}),
        ("客户编号,填写时间,推荐度,意见", "a,2024-01-02,9,好\nb,2024-01-03,10,", "nps", {"score": "推荐度", "comment": "意见"}),
        ("customer id,Response date,Score", "a,2024-01-02,9\nb,2024-01-03,10", "nps", {"score": "Score"}),
        ("customer id,Response date,Rating,Comment", "a,2024-01-02,3,x\nb,2024-01-03,5,y", "csat", {"score": "Rating", "comment": "Comment"}),
    ],
)
def test_answers_are_recognised_by_their_headers(tmp_path, header, rows, kind, columns):
    (tmp_path / "orders.csv").write_text(LINES, encoding="utf-8")
    (tmp_path / "said.csv").write_text(f"{header}\n{rows}\n", encoding="utf-8")
    guessed = guess(open_engine(tmp_path / "s"), [tmp_path / "said.csv", tmp_path / "orders.csv"])
    write_config(guessed, tmp_path / "workbook.toml")
    config = load_config(tmp_path / "workbook.toml")
    assert config.inputs.feedback.kind == kind and columns.items() <= config.inputs.feedback.columns.items()
    assert any("What was asked is not said" in sentence for sentence in guessed.said)


@pytest.mark.parametrize("header", ["用户ID,行为时间,行为类型,商品ID", "user id,event time,event type,product id"])
def test_contacts_are_recognised_by_headers_and_words(tmp_path, header):
    (tmp_path / "orders.csv").write_text(LINES, encoding="utf-8")
    (tmp_path / "did.csv").write_text(f"{header}\n" + "a,2024-01-02 10:00,浏览,P1\nb,2024-01-02 11:00,click,P2\n" * 20, encoding="utf-8")
    guessed = guess(open_engine(tmp_path / "s"), [tmp_path / "did.csv", tmp_path / "orders.csv"])
    assert guessed.events["columns"] == dict(zip(("customer_id", "occurred_at", "kind", "object"), header.split(","), strict=True))


def test_a_list_of_orders_is_no_list_of_contacts(tmp_path):
    (tmp_path / "orders.csv").write_text("customer,date,type,amount\n" + "a,2024-01-02,online,5\nb,2024-01-03,store,6\n" * 5, encoding="utf-8")
    guessed = guess(open_engine(tmp_path / "s"), [tmp_path / "orders.csv"])
    assert guessed.events is None and guessed.transactions["columns"]["amount"] == "amount"
