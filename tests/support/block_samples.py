"""Small documents for docs/blocks.md: one for each type of node, decoration and old entity."""

from __future__ import annotations

from support.ricos_documents import FILM, PICTURE, Json, block, image, item, link, node, p, span, text

OTHER = "ab12cd_00112233445566778899aabbccddeeff~mv2.png"
_BOXES = {"smartBlockData": {"type": "STATS", "columnSize": "MEDIUM"}}

#: For each type of node: the nodes of a document that shows it.
NODES: dict[str, list[Json]] = {
    "PARAGRAPH": [p("The lighthouse is open all year.")],
    "TEXT": [p("Two pieces of ", "one word: light", "house.")],
    "HEADING": [node("HEADING", "Opening hours", headingData={"level": 2})],
    "BULLETED_LIST": [node("BULLETED_LIST", item("rope"), item("lantern", node("BULLETED_LIST", item("with oil"))))],
    "BULLET_LIST": [node("BULLET_LIST", item("rope"))],
    "ORDERED_LIST": [node("ORDERED_LIST", item("Climb"), item("Look"), orderedListData={"start": 3})],
    "CHECKBOX_LIST": [
        node(
            "CHECKBOX_LIST",
            item("stairs swept", listItemData={"checked": True}),
            item("glass cleaned", listItemData={"checked": False}),
        )
    ],
    "LIST_ITEM": [node("BULLETED_LIST", item("first line", "second line"))],
    "BLOCKQUOTE": [node("BLOCKQUOTE", p("Mind the third step."))],
    "CODE_BLOCK": [node("CODE_BLOCK", "light = on\n", text("turn(light)", "COLOR"))],
    "DIVIDER": [node("DIVIDER", dividerData={"lineStyle": "DASHED"})],
    "IMAGE": [image(PICTURE, alt="The tower from the sea", link={"url": "https://www.example.com/tower"})],
    "CAPTION": [image(PICTURE, node("CAPTION", "The tower in 1902"), alt="A tower")],
    "GALLERY": [
        node(
            "GALLERY",
            galleryData={
                "items": [
                    {"image": {"media": {"src": {"url": PICTURE}}}, "altText": "Stairs", "title": "The stairs"},
                    {"image": {"media": {"src": {"url": OTHER}}}, "altText": "Lamp"},
                ]
            },
        )
    ],
    "VIDEO": [
        node(
            "VIDEO",
            videoData={
                "video": {"src": {"url": "https://www.youtube.com/watch?v=abcdefghijk"}},
                "title": "A night at the tower",
            },
        )
    ],
    "AUDIO": [
        node(
            "AUDIO",
            audioData={
                "audio": {"src": {"id": "mp3/ab12cd_0123456789abcdef0123456789abcdef.mp3"}},
                "name": "Fog horn",
                "authorName": "The keeper",
            },
        )
    ],
    "GIF": [
        node(
            "GIF",
            gifData={"original": {"gif": "https://media1.giphy.com/media/abc/giphy.gif"}, "width": 480, "height": 270},
        )
    ],
    "FILE": [
        node(
            "FILE", fileData={"src": {"url": "https://docs.example.com/ugd/map.pdf"}, "name": "map.pdf", "type": "pdf"}
        )
    ],
    "HTML": [
        node("HTML", htmlData={"html": '<iframe src="https://www.example.com/tide-table"></iframe>', "source": "HTML"})
    ],
    "EMBED": [
        node(
            "EMBED",
            embedData={"src": "https://twitter.com/keeper/status/1", "oembed": {"title": "The keeper on the storm"}},
        )
    ],
    "LINK_PREVIEW": [
        node(
            "LINK_PREVIEW",
            linkPreviewData={
                "link": {"url": "https://www.example.com/ferry"},
                "title": "Ferry times",
                "description": "All lines",
            },
        )
    ],
    "BUTTON": [node("BUTTON", buttonData={"type": "LINK", "text": "Book a visit", "link": {"url": "/visit"}})],
    "TABLE": [
        node(
            "TABLE",
            node("TABLE_ROW", node("TABLE_CELL", p("Month")), node("TABLE_CELL", p("Visitors"))),
            node("TABLE_ROW", node("TABLE_CELL", p("May")), node("TABLE_CELL", p("310"))),
            tableData={"rowHeader": True},
        )
    ],
    "TABLE_ROW": [node("TABLE", node("TABLE_ROW", node("TABLE_CELL", p("one row"))))],
    "TABLE_CELL": [
        node(
            "TABLE",
            node(
                "TABLE_ROW",
                node("TABLE_CELL", p("wide"), tableCellData={"colspan": 2}),
                node("TABLE_CELL", p("narrow")),
            ),
        )
    ],
    "COLLAPSIBLE_LIST": [
        node(
            "COLLAPSIBLE_LIST",
            node(
                "COLLAPSIBLE_ITEM",
                node("COLLAPSIBLE_ITEM_TITLE", p("May dogs come?")),
                node("COLLAPSIBLE_ITEM_BODY", p("Yes, on a lead.")),
            ),
        )
    ],
    "COLLAPSIBLE_ITEM": [
        node(
            "COLLAPSIBLE_ITEM",
            node("COLLAPSIBLE_ITEM_TITLE", p("Is there a lift?")),
            node("COLLAPSIBLE_ITEM_BODY", p("No.")),
        )
    ],
    "COLLAPSIBLE_ITEM_TITLE": [
        node("COLLAPSIBLE_ITEM", node("COLLAPSIBLE_ITEM_TITLE", node("HEADING", "Parking", headingData={"level": 3})))
    ],
    "COLLAPSIBLE_ITEM_BODY": [node("COLLAPSIBLE_ITEM_BODY", p("Behind the tower."))],
    "POLL": [
        node(
            "POLL",
            pollData={
                "poll": {"title": "When will you come?", "options": [{"title": "At noon"}, {"title": "At night"}]}
            },
        )
    ],
    "APP_EMBED": [
        node(
            "APP_EMBED",
            appEmbedData={
                "type": "PRODUCT",
                "name": "Postcard",
                "url": "https://www.wix.app/stores/1?d=https://www.example.com/product-page/postcard",
            },
        )
    ],
    "MAP": [node("MAP", mapData={"mapSettings": {"address": "Cliff Road 1", "lat": 54.5, "lng": -3.25}})],
    "LAYOUT": [node("LAYOUT", node("LAYOUT_CELL", p("Left column.")), node("LAYOUT_CELL", p("Right column.")))],
    "LAYOUT_CELL": [node("LAYOUT_CELL", p("One column."))],
    "SHAPE": [
        node("SHAPE", shapeData={"shape": {"src": {"url": "https://static.wixstatic.com/shapes/star.svg"}}}),
        p("A star stood above."),
    ],
    "CARD": [node("CARD", p("Words on a card."))],
    "TOC": [
        node("TOC", tocData={"includedHeadings": [2]}),
        node("HEADING", "The way up", key="h1a", headingData={"level": 2}),
    ],
    "SMART_BLOCK": [
        node("SMART_BLOCK", node("SMART_BLOCK_CELL", node("HEADING", "Steps", headingData={"level": 3})), **_BOXES)
    ],
    "SMART_BLOCK_CELL": [node("SMART_BLOCK_CELL", p("steps to the top"), smartBlockCellData={"label": "217"})],
    "EXTERNAL": [node("EXTERNAL", externalData={"fields": {"seats": {"numberValue": 4}}})],
}

#: For each decoration: the TEXT node that has it.
DECORATIONS: dict[str, Json] = {
    "BOLD": text("bold", {"type": "BOLD", "fontWeightValue": 700}),
    "ITALIC": text("italic", {"type": "ITALIC", "italicData": True}),
    "UNDERLINE": text("underlined", {"type": "UNDERLINE", "underlineData": True}),
    "STRIKETHROUGH": text("struck", {"type": "STRIKETHROUGH", "strikethroughData": True}),
    "SUPERSCRIPT": text("raised", "SUPERSCRIPT"),
    "SUBSCRIPT": text("lowered", "SUBSCRIPT"),
    "LINK": text("a link", link("https://www.example.com/a"), "UNDERLINE"),
    "ANCHOR": text("a place below", {"type": "ANCHOR", "anchorData": {"anchor": "below"}}),
    "MENTION": text("@Keeper", {"type": "MENTION", "mentionData": {"name": "Keeper", "slug": "keeper"}}),
    "COLOR": text("coloured", {"type": "COLOR", "colorData": {"foreground": "#ff0000"}}),
    "FONT_SIZE": text("large", {"type": "FONT_SIZE", "fontSizeData": {"unit": "PX", "value": 30}}),
    "FONT_FAMILY": text("set in another face", {"type": "FONT_FAMILY", "fontFamilyData": {"value": "serif"}}),
    "SPOILER": text("hidden until clicked", "SPOILER"),
    "EXTERNAL": text("marked by an app", "EXTERNAL"),
    "SKETCH": text("circled by hand", {"type": "SKETCH", "sketchData": {"variant": "CIRCLE"}}),
}

#: For each type of a Draft.js block: the block.
BLOCKS: dict[str, Json] = {
    "unstyled": block("A plain line."),
    "paragraph": block("A plain line."),
    **{
        f"header-{name}": block("The tower", f"header-{name}")
        for name in ("one", "two", "three", "four", "five", "six")
    },
    "blockquote": block("Mind the step.", "blockquote"),
    "code-block": block("light = on", "code-block"),
    "ordered-list-item": block("climb", "ordered-list-item"),
    "unordered-list-item": block("rope", "unordered-list-item"),
    "checkable-list-item": block("swept", "checkable-list-item"),
}
#: For each inline style with a meaning: a block with a word in it.
STYLES: dict[str, Json] = {
    name: block("a word here", styles=[span(2, 4, style=name)])
    for name in (
        "BOLD",
        "ITALIC",
        "UNDERLINE",
        "NOT_BOLD",
        "NOT_ITALIC",
        "NOT_UNDERLINE",
        "STRIKETHROUGH",
        "SUPERSCRIPT",
        "SUBSCRIPT",
        "wix-rich-content-plugin-spoiler",
    )
}
_INNER = {"blocks": [block("Inside.")], "entityMap": {}}

#: For each type of a Draft.js entity that is a block: its data.
ENTITIES: dict[str, Json] = {
    "wix-draft-plugin-image": {
        "src": {"file_name": PICTURE, "width": 800, "height": 600},
        "metadata": {"alt": "The tower", "caption": "In May"},
    },
    "IMAGE": {"src": "https://www.example.com/old.jpg", "alt": "An old photo"},
    "image": {"src": {"url": "https://www.example.com/old.jpg"}},
    "wix-draft-plugin-gallery": {"items": [{"url": PICTURE, "metadata": {"type": "image", "altText": "Stairs"}}]},
    "wix-draft-plugin-video": {"src": {"pathname": f"video/{FILM}/1080p/mp4/file.mp4"}, "isCustomVideo": True},
    "VIDEO-EMBED": {"src": "https://www.youtube.com/watch?v=abcdefghijk"},
    "VIDEO": {"src": "https://vimeo.com/1234567"},
    "wix-draft-plugin-sound-cloud": {"src": "https://soundcloud.com/keeper/horn"},
    "ricos-audio": {"audio": {"src": {"id": "mp3/ab12cd_0123456789abcdef0123456789abcdef.mp3"}}, "name": "Fog horn"},
    "wix-draft-plugin-giphy": {
        "gif": {"originalUrl": "https://media1.giphy.com/media/abc/giphy.gif", "width": 480, "height": 270}
    },
    "wix-draft-plugin-divider": {"type": "single"},
    "wix-draft-plugin-html": {"src": "https://www.example.com/tide-table", "srcType": "url"},
    "wix-draft-plugin-file-upload": {"name": "map.pdf", "type": "pdf", "url": "https://docs.example.com/ugd/map.pdf"},
    "wix-draft-plugin-map": {
        "mapSettings": {"address": "Cliff Road 1", "lat": 54.5, "lng": -3.25, "locationDisplayName": "The tower"}
    },
    "wix-draft-plugin-link-preview": {
        "title": "Ferry times",
        "config": {"link": {"url": "https://www.example.com/ferry"}},
    },
    "EMBED": {"src": "https://twitter.com/keeper/status/1"},
    "wix-draft-plugin-link-button": {
        "button": {"settings": {"buttonText": "Book a visit", "url": "https://www.example.com/visit"}}
    },
    "wix-draft-plugin-action-button": {"button": {"settings": {"buttonText": "Wave"}}},
    "wix-draft-plugin-vertical-embed": {
        "selectedProduct": {
            "name": "Postcard",
            "pageUrl": "https://www.wix.app/x?d=https://www.example.com/product-page/postcard",
        }
    },
    "wix-draft-plugin-poll": {
        "poll": {"title": "When will you come?", "options": [{"title": "At noon"}, {"title": "At night"}]}
    },
    "wix-rich-content-plugin-table": {
        "config": {"rows": {"0": {"columns": {"0": {"content": _INNER}, "1": {"content": _INNER}}}}}
    },
    "wix-rich-content-plugin-collapsible-list": {"pairs": [{"key": "1", "title": _INNER, "content": _INNER}]},
    "wix-rich-content-plugin-accordion": {"pairs": [{"key": "1", "title": _INNER, "content": _INNER}]},
    "EXTERNAL": {"type": "section"},
}
#: Entities in a line of text: the data of the entity on the word `tower`.
INLINE_ENTITIES: dict[str, Json] = {
    "LINK": {"url": "https://www.example.com/a", "target": "_blank"},
    "wix-draft-plugin-external-link": {"url": "https://www.example.com/a"},
    "ANCHOR": {"anchor": "below"},
    "mention": {"mention": {"name": "tower", "slug": "tower"}},
    "EMOJI_TYPE": {"emojiUnicode": "🗼"},
    "wix-draft-plugin-hashtag": {},
}
