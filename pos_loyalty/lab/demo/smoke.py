"""The scripted day: three sales, the server dies, two more, the till dies, and all comes right."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pos_loyalty.i18n import Words, load_words
from pos_loyalty.lab.demo.people import CASHIER_PIN
from pos_loyalty.lab.demo.pictures import held_before_a_camera
from pos_loyalty.lab.demo.robot_till import RobotTill, Seen
from pos_loyalty.lab.demo.shop import STORE, Tell
from pos_loyalty.lab.demo.stage import Album, Stage, set_stage
from pos_loyalty.lab.demo.verdict import Verdict, ask_server, judge
from pos_loyalty.lab.paper import Slip
from pos_loyalty.resources import resource
from pos_loyalty.ui import phrases

BASKETS = (
    ("Caffè in grani 500 g", "Olio extravergine d'oliva 1 l", "Fragole, vaschetta 250 g"),
    ("Chianti DOCG 750 ml", "Parmigiano Reggiano 24 mesi 300 g"),
    ("Spaghetti n. 5 500 g", "Spaghetti n. 5 500 g", "Pesto alla genovese 190 g"),
    ("Caffè macinato moka 250 g", "Pane casereccio 500 g"),
    ("Mele Golden, vassoio 1 kg", "Burrata 200 g", "Prosciutto di Parma 100 g"),
)
BY_PASS, BY_CARD, BY_PHONE = 0, 1, 2  # Who comes, by the place in members.csv.
NEW_NAME, NEW_PHONE = "Livia Marangoni", "3105550199"
ALL_SENT_S = 30.0
CASH, CARD, ENROL, NEXT = "Return", "F9", "F4", "Return"


def run_smoke(place: Path, album: Album, tell: Tell) -> Verdict:
    """Play the day in the empty folder `place`, and judge what is left of it.

    Raises NotSeen, ProcessFailed, or what `set_up` raises, when the day cannot go on.
    """
    words = load_words(STORE.language, resource("locale"))
    with set_stage(place, album, tell) as stage:
        visitors = (stage.shop.members[i].member for i in (BY_PASS, BY_CARD, BY_PHONE))
        before = ask_server(stage, visitors)
        _sell_three(stage)
        _enrol_offline(stage)
        _sell_two_offline(stage, words)
        _come_back(stage, words)
        return judge(stage, before)


def _open(stage: Stage, till: RobotTill) -> None:
    """Sign in at a till that was started."""
    till.wait_for("its sign-in", lambda seen: seen.get("sign_in"))
    stage.album.screen(till, "sign-in")
    till.type(CASHIER_PIN)
    till.press("Return")
    till.wait_for("the sale", lambda seen: seen["page"] == "sale")
    till.wait_for("working devices", _devices_work)


def _sell_three(stage: Stage) -> None:
    """Sell to a pass before the camera, to a card by the scanner, and to a telephone number."""
    till, members = stage.a, stage.shop.members
    stage.tell("Till A is opened.")
    till.start()
    _open(stage, till)
    stage.tell("Sale 1: a pass on a phone, before the camera.")
    picture = stage.camera_a.show_pass(members[BY_PASS].pass_text)
    _wait_for_member(till, members[BY_PASS].person.name)
    picture.unlink()
    stage.album.screen(till, "member")
    _scan_basket(stage, 0)
    stage.album.screen(till, "basket")
    _pay(stage, CASH, receipts=1)
    stage.album.screen(till, "done")
    stage.tell("Sale 2: a card, by the scanner.")
    _scan_basket(stage, 1)
    stage.scanner.scan(members[BY_CARD].person.card)
    _wait_for_member(till, members[BY_CARD].person.name)
    _pay(stage, CARD, receipts=2)
    stage.tell("Sale 3: a telephone number, typed.")
    till.press(NEXT)
    till.type(members[BY_PHONE].person.phone.removeprefix("+39"))
    till.press("Return")
    _wait_for_member(till, members[BY_PHONE].person.name)
    _scan_basket(stage, 2)
    _pay(stage, CASH, receipts=3)


def _enrol_offline(stage: Stage) -> None:
    """Enrol somebody at till A without a server, and show what it printed to till B's camera."""
    stage.tell("The server is killed.")
    stage.server.kill()
    till = stage.a
    stage.b.start()
    stage.tell("A new member is enrolled offline.")
    till.press(NEXT, ENROL)
    till.wait_for("the enrolment", lambda seen: seen["sale"]["side"])
    till.type(NEW_PHONE)
    till.press("Tab")
    till.type(NEW_NAME)
    till.press("Tab", "Space")
    stage.album.screen(till, "enrolment")
    till.press(ENROL)
    _wait_for_member(till, NEW_NAME)
    welcome = stage.printer.wait_for_slip(lambda slip: not _is_receipt(slip), 1)[0]
    stage.album.slip(welcome, "welcome-slip")
    _open(stage, stage.b)
    stage.tell("What till A printed is shown to till B's camera.")
    frames = tuple(held_before_a_camera(welcome))
    for frame in frames:
        stage.camera_b.show(frame)
    stage.album.picture(frames[0], "shown-to-till-b")
    stage.b.wait_for("the member enrolled at till A", _somebody)
    stage.album.screen(stage.b, "recognised-at-till-b")


def _sell_two_offline(stage: Stage, words: Words) -> None:
    """Sell twice without a server; kill the till when the second is written and not printed."""
    till, members = stage.a, stage.shop.members
    stage.tell("Sale 4: to the new member, offline.")
    _scan_basket(stage, 3)
    _pay(stage, CASH, receipts=4)
    stage.album.screen(till, "offline")
    stage.tell("Sale 5: offline, with the printer switched off.")
    stage.printer.switch_off()
    picture = stage.camera_a.show_pass(members[BY_PASS].pass_text)
    _wait_for_member(till, members[BY_PASS].person.name)
    picture.unlink()
    _scan_basket(stage, 4)
    till.press(CARD)
    waits = phrases.receipt_waits(words).text
    till.wait_for("a receipt that waits", lambda seen: _receipt(seen) == waits)
    stage.album.screen(till, "receipt-waits")
    stage.tell("The till is killed between commit and print.")
    till.kill()


def _come_back(stage: Stage, words: Words) -> None:
    """Start everything again, wait until all is printed and sent, and close both tills."""
    stage.tell("Printer, server and till are there again.")
    stage.printer.switch_on()
    stage.server.start()
    stage.a.start()
    slips = stage.printer.wait_for_slip(_is_receipt, len(BASKETS))
    stage.album.slip(slips[-1], f"receipt-{len(BASKETS)}")
    stage.server.wait_until_ready()
    all_sent = phrases.unsent(words, count=0, oldest_minutes=0)
    online = phrases.online(words).text
    for till in (stage.a, stage.b):
        till.wait_for(
            "that everything is sent",
            lambda seen: (
                seen["status"]["line"]["text"] == online and seen["status"]["unsent"] == all_sent
            ),
            ALL_SENT_S,
        )
    stage.album.screen(stage.a, "all-sent")
    stage.tell("Both tills are closed.")
    for till in (stage.a, stage.b):
        till.leave()


def _scan_basket(stage: Stage, number: int) -> None:
    skus = {product.name: product.sku for product in stage.shop.products}
    for place, name in enumerate(BASKETS[number], 1):
        stage.scanner.scan(skus[name].lstrip("0"))
        stage.a.wait_for(f"{place} things in the basket", _holds(place))


def _pay(stage: Stage, key: str, *, receipts: int) -> None:
    stage.a.press(key)
    stage.a.wait_for("a sale that is done", lambda seen: seen["sale"]["done"])
    slips = stage.printer.wait_for_slip(_is_receipt, receipts)
    stage.album.slip(slips[-1], f"receipt-{receipts}")


def _wait_for_member(till: RobotTill, name: str) -> None:
    first = name.split(maxsplit=1)[0]
    till.wait_for(name, lambda seen: first in seen["sale"]["member"].get("greeting", ""))


def _somebody(seen: Seen) -> bool:
    return "greeting" in seen["sale"]["member"]


def _is_receipt(slip: Slip) -> bool:
    return not slip.qr_texts  # A welcome bears the new member's pass.


def _holds(pieces: int) -> Callable[[Seen], bool]:
    def there(seen: Seen) -> bool:
        lines = seen["sale"]["basket"]["lines"]
        return sum(int(line["quantity"]) for line in lines) == pieces

    return there


def _receipt(seen: Seen) -> str:
    done = seen["sale"]["done"]
    return "" if done is None else str(done["receipt"]["text"])


def _devices_work(seen: Seen) -> bool:
    return all(device["tone"] == "plain" for device in seen["status"]["devices"])
