"""Make random Ricos documents from a seed, with every node and decoration, and with unique words."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from support.ricos_documents import Json, link, node, text

MEDIA = "ab12cd_{:032x}~mv2.jpg"


class RandomDocument:
    """Makes one document; the same seed makes the same document."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.count = 0
        self.keys = 0

    def make(self, blocks: int) -> Json:
        return {
            "nodes": [self.block(0) for _ in range(blocks)],
            "metadata": {"version": 1, "createdTimestamp": "2024-01-02T03:04:05.000Z", "id": "d"},
            "documentStyle": {},
        }

    # ---- text ---------------------------------------------------------------------------------------------------

    def word(self) -> str:
        self.count += 1
        return f"{self.rng.choice(('oak', 'clay', 'kiln', 'rope', 'tar', 'lamp'))}{self.count}"

    def words(self, most: int = 5) -> str:
        return " ".join(self.word() for _ in range(self.rng.randint(1, most)))

    def key(self) -> str:
        self.keys += 1
        return f"k{self.keys:04}"

    def url(self) -> str:
        return f"https://www.example.net/{self.word()}"

    def media(self) -> str:
        self.count += 1
        return MEDIA.format(self.count)

    def runs(self, most: int = 4, breaks: bool = True) -> list[Json]:
        """Return text nodes with decorations, separated by spaces, punctuation, line breaks or nothing."""
        out: list[Json] = []
        between = [" ", " ", " ", ", ", ". ", " – ", "", " (", ") "] + ["\n"] * breaks
        for number in range(self.rng.randint(1, most)):
            if number and (sign := self.rng.choice(between)):
                out.append(text(sign, *(self.decorations() if self.rng.random() < 0.2 else [])))
            out.append(self.special() if self.rng.random() < 0.06 else text(self.words(), *self.decorations()))
        return out

    def special(self) -> Json:
        """Return a text node with a decoration of another kind: a mention, a hidden text, a marker colour."""
        name = self.word()
        return self.rng.choice(
            (
                text(f"@{name}", {"type": "MENTION", "mentionData": {"name": name, "slug": name}}),
                text(self.words(), {"type": "SPOILER", "spoilerData": {"id": self.key()}}),
                text(self.words(), {"type": "COLOR", "colorData": {"background": "#ffff00"}}),
                text(f"{self.words()} 🌊 *{self.word()}* _{self.word()}_ <b>"),
            )
        )

    def decorations(self) -> list[Json]:
        known: list[Json] = [
            {"type": "BOLD", "fontWeightValue": 700},
            {"type": "ITALIC", "italicData": True},
            {"type": "UNDERLINE", "underlineData": True},
            {"type": "STRIKETHROUGH", "strikethroughData": True},
            {"type": "COLOR", "colorData": {"foreground": "#ff0000"}},
            {"type": "FONT_SIZE", "fontSizeData": {"unit": "PX", "value": 22}},
            {"type": "SUPERSCRIPT"},
            {"type": "SUBSCRIPT"},
        ]
        found = self.rng.sample(known, self.rng.choice((0, 0, 0, 1, 1, 2)))
        if self.rng.random() < 0.15:
            found.append(link(self.url()))
        return found

    # ---- blocks -------------------------------------------------------------------------------------------------

    def block(self, depth: int) -> Json:
        leaves: list[Callable[[], Json]] = [
            self.paragraph, self.paragraph, self.paragraph, self.heading, self.code, self.divider, self.image, self.gallery,
            self.video, self.audio, self.file, self.gif, self.embed, self.preview, self.button, self.poll,
        ]  # fmt: skip
        containers: list[Callable[[int], Json]] = [self.quote, self.list_, self.table, self.collapsible, self.layout]
        if depth < 2 and self.rng.random() < 0.35:
            return self.rng.choice(containers)(depth)
        return self.rng.choice(leaves)()

    def paragraph(self) -> Json:
        return node("PARAGRAPH", *self.runs(), key=self.key(), paragraphData={"textStyle": {"textAlignment": "AUTO"}})

    def heading(self) -> Json:
        return node(
            "HEADING", *self.runs(2, breaks=False), key=self.key(), headingData={"level": self.rng.randint(1, 6)}
        )

    def code(self) -> Json:
        lines = "\n".join("  " * self.rng.randint(0, 2) + self.words() for _ in range(self.rng.randint(1, 3)))
        return node("CODE_BLOCK", lines, key=self.key(), codeBlockData={"textStyle": {"textAlignment": "AUTO"}})

    def divider(self) -> Json:
        kind = self.rng.choice(("SINGLE", "DOUBLE", "DASHED", "DOTTED"))
        return node("DIVIDER", key=self.key(), dividerData={"lineStyle": kind, "width": "LARGE", "alignment": "CENTER"})

    def container(self) -> Json:
        return {"width": {"size": "CONTENT"}, "alignment": "CENTER", "textWrap": True}

    def caption(self) -> list[Json]:
        return [node("CAPTION", *self.runs(2, breaks=False), key=self.key())] if self.rng.random() < 0.5 else []

    def image(self) -> Json:
        data: Json = {
            "containerData": self.container(),
            "image": {"src": {"id": self.media()}, "width": 800, "height": 600},
            "altText": self.words() if self.rng.random() < 0.5 else "",
        }
        if self.rng.random() < 0.3:
            data["link"] = {"url": self.url(), "target": "BLANK"}
        return node("IMAGE", *self.caption(), key=self.key(), imageData=data)

    def gallery(self) -> Json:
        items = []
        for _ in range(self.rng.randint(1, 4)):
            media = {"src": {"id": self.media()}, "width": 640, "height": 480}
            item: Json = {"image": {"media": media}}
            if self.rng.random() < 0.5:
                item["title"] = self.words()
            if self.rng.random() < 0.5:
                item["altText"] = self.words()
            items.append(item)
        data = {"containerData": self.container(), "items": items, "options": {"layout": {"type": "GRID"}}}
        return node("GALLERY", key=self.key(), galleryData=data)

    def video(self) -> Json:
        code = f"abcdefgh{self.rng.randint(100, 999)}"
        data = {"containerData": self.container(), "video": {"src": {"url": f"https://www.youtube.com/watch?v={code}"}}}
        return node("VIDEO", *self.caption(), key=self.key(), videoData=data)

    def audio(self) -> Json:
        url = f"https://static.wixstatic.com/mp3/ab12cd_{self.rng.getrandbits(128):032x}.mp3"
        data = {
            "containerData": self.container(), "audio": {"src": {"url": url}}, "name": self.words(),
            "authorName": self.words(2), "disableDownload": True,
        }  # fmt: skip
        return node("AUDIO", key=self.key(), audioData=data)

    def file(self) -> Json:
        name = f"{self.word()}.pdf"
        url = f"https://www.example.com/_files/ugd/ab12cd_{self.rng.getrandbits(128):032x}.pdf?dn={name}"
        data = {"containerData": self.container(), "src": {"url": url}, "name": name, "type": "pdf", "size": 12345}
        return node("FILE", key=self.key(), fileData=data)

    def gif(self) -> Json:
        url = f"https://media1.giphy.com/media/{self.word()}/giphy.gif"
        data = {
            "containerData": self.container(), "original": {"gif": url, "mp4": url[:-3] + "mp4", "still": url},
            "downsized": {"gif": url, "mp4": url[:-3] + "mp4", "still": url}, "width": 300, "height": 200,
        }  # fmt: skip
        return node("GIF", *self.caption(), key=self.key(), gifData=data)

    def embed(self) -> Json:
        data = {"containerData": self.container(), "url": self.url(), "source": "HTML"}
        return node("HTML", key=self.key(), htmlData=data)

    def preview(self) -> Json:
        data = {
            "containerData": self.container(), "link": {"url": self.url(), "target": "BLANK"}, "title": self.words(),
            "description": self.words(), "thumbnailUrl": f"https://static.wixstatic.com/media/{self.media()}",
        }  # fmt: skip
        return node("LINK_PREVIEW", key=self.key(), linkPreviewData=data)

    def button(self) -> Json:
        data = {
            "containerData": self.container(), "type": "LINK", "text": self.words(2),
            "link": {"url": self.url(), "target": "BLANK"}, "styles": {"borderWidth": 1},
        }  # fmt: skip
        return node("BUTTON", key=self.key(), buttonData=data)

    def poll(self) -> Json:
        options = [{"id": self.key(), "title": self.words(2), "latestVoters": []} for _ in range(2)]
        data = {
            "containerData": self.container(), "layout": {"poll": {"type": "LIST", "enableImage": False}},
            "poll": {"id": self.key(), "title": self.words(), "options": options, "creatorId": "x", "settings": {}},
            "design": {"poll": {"background": {"type": "COLOR", "color": "#ffffff"}}, "options": {"borderRadius": 0}},
        }  # fmt: skip
        return node("POLL", key=self.key(), pollData=data)

    # ---- blocks that hold blocks --------------------------------------------------------------------------------

    def quote(self, _depth: int) -> Json:
        return node("BLOCKQUOTE", self.paragraph(), key=self.key(), blockquoteData={"indentation": 0})

    def list_(self, depth: int) -> Json:
        kind = self.rng.choice(("BULLETED_LIST", "ORDERED_LIST"))
        items = []
        for _ in range(self.rng.randint(1, 3)):
            inside = [self.paragraph()]
            if depth < 3 and self.rng.random() < 0.3:
                inside.append(self.list_(depth + 1))
            items.append(node("LIST_ITEM", *inside, key=self.key()))
        data: dict[str, Any] = {"bulletedListData" if kind[0] == "B" else "orderedListData": {"indentation": 0}}
        return node(kind, *items, key=self.key(), **data)

    def table(self, _depth: int) -> Json:
        columns = self.rng.randint(1, 3)
        rows = [
            node("TABLE_ROW", *(self.cell() for _ in range(columns)), key=self.key())
            for _ in range(self.rng.randint(1, 3))
        ]
        data = {
            "dimensions": {"colsWidthRatio": [250] * columns, "rowsHeight": [47] * len(rows), "colsMinWidth": [120] * columns},
            "rowHeader": self.rng.random() < 0.3,
        }  # fmt: skip
        return node("TABLE", *rows, key=self.key(), tableData=data)

    def cell(self) -> Json:
        made = [self.paragraph() for _ in range(self.rng.choice((1, 1, 1, 2)))]
        if self.rng.random() < 0.1:
            made.append(self.list_(3))
        return node("TABLE_CELL", *made, key=self.key(), tableCellData={"cellStyle": {}, "borderColors": {}})

    def collapsible(self, depth: int) -> Json:
        items = [
            node(
                "COLLAPSIBLE_ITEM",
                node("COLLAPSIBLE_ITEM_TITLE", self.paragraph(), key=self.key()),
                node("COLLAPSIBLE_ITEM_BODY", *(self.block(depth + 1) for _ in range(self.rng.randint(1, 2))), key=self.key()),
                key=self.key(),
            )
            for _ in range(self.rng.randint(1, 2))
        ]  # fmt: skip
        data = {
            "containerData": self.container(),
            "initialExpandedItems": "FIRST",
            "direction": "LTR",
            "expandOnlyOne": False,
        }
        return node("COLLAPSIBLE_LIST", *items, key=self.key(), collapsibleListData=data)

    def layout(self, depth: int) -> Json:
        cells = [
            node("LAYOUT_CELL", *(self.block(depth + 1) for _ in range(self.rng.randint(1, 2))), key=self.key(), layoutCellData={"colSpan": 6})
            for _ in range(2)
        ]  # fmt: skip
        return node("LAYOUT", *cells, key=self.key(), layoutData={})
