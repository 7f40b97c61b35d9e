"""Recognize the columns of a table of blog posts: by their names, and the column of the documents by its cells.

Owners drop, reorder, rename and add columns (docs/wix/csv-exports.md#columns). A name is the display name or the id of
Wix's field, or its usual translation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

#: Names of the columns for each field of the Blog API, separated by `|`.
_NAMES: dict[str, str] = {
    "id": "ID|_id|UUID",
    "internalId": "Internal ID",
    "title": (
        "Title|Post Title|Titel|Titre|Título|Titulo|Titolo|Tytuł|Заголовок|Название|Заглавие|Başlık|タイトル|제목"
        "|标题|標題|العنوان|عنوان|כותרת|शीर्षक|ชื่อเรื่อง|หัวข้อ|Otsikko|Tittel|Název|Cím|Titlu|Tiêu đề|Judul|Τίτλος"
    ),
    "slug": "Slug|URL Slug|スラッグ|슬러그|Слаг",
    "excerpt": (
        "Excerpt|Auszug|Textauszug|Extrait|Extracto|Resumo|Trecho|Estratto|Samenvatting|Uittreksel|Fragment|Zajawka"
        "|Отрывок|Выдержка|Alıntı|Özet|抜粋|요약|발췌|摘要|مقتطف|תקציר|उद्धरण|ข้อความที่ตัดตอนมา|Utdrag|Uddrag"
    ),
    "richContent": (
        "Rich Content|Rich-Content|Contenu enrichi|Contenido enriquecido|Conteúdo avançado|Contenuti avanzati"
        "|リッチコンテンツ|리치 콘텐츠|富文本"
    ),
    "contentText": "Plain Content|Content Text",
    "firstPublishedDate": (
        "Published Date|Publish Date|Publication Date|Published At|Published On|Date Published|First Published Date"
        "|Veröffentlichungsdatum|Veröffentlicht am|Date de publication|Fecha de publicación|Data de publicação"
        "|Data di pubblicazione|Publicatiedatum|Data publikacji|Дата публикации|Yayın tarihi|Yayınlanma tarihi|公開日"
        "|公開日時|게시일|발행일|发布日期|發佈日期|تاريخ النشر|תאריך פרסום|प्रकाशन तिथि|วันที่เผยแพร่|Publiceringsdatum"
        "|Udgivelsesdato|Publiseringsdato|Julkaisupäivä|Datum zveřejnění|Data publicării|Ngày xuất bản|Tanggal terbit"
    ),
    "lastPublishedDate": "Last Published Date|Updated Date|Last Updated|Zuletzt veröffentlicht|Dernière publication",
    "author": (
        "Author|Member ID|Autor|Autorin|Auteur|Autore|Автор|Yazar|著者|作成者|投稿者|작성자|저자"
        "|作者|الكاتب|المؤلف|כותב|מחבר|लेखक|ผู้เขียน|Författare|Forfatter|Kirjoittaja|Szerző|Tác giả|Penulis|Συντάκτης"
    ),
    "mainCategory": "Main Category|Hauptkategorie|Catégorie principale|Categoría principal|Categoria principal",
    "categoryIds": (
        "Categories|Category IDs|Category|Kategorien|Kategorie|Catégories|Catégorie|Categorías|Categoría|Categorias"
        "|Categoria|Categorie|Categorieën|Kategoria|Категории|Категория|Kategoriler|Kategori|カテゴリー|カテゴリ"
        "|카테고리|分类|分類|类别|類別|الفئات|فئات|קטגוריות|श्रेणियाँ|หมวดหมู่|Kategorier|Kategoriat|Danh mục|Kategori"
    ),
    "tagIds": (
        "Tags|Tag IDs|Schlagwörter|Schlagworte|Mots-clés|Étiquettes|Etiquetas|Tag|Tagi|Теги|Метки|Etiketler|タグ|태그"
        "|标签|標籤|الوسوم|علامات|תגיות|टैग|แท็ก|Taggar|Tunnisteet|Címkék|Etichete|Thẻ"
    ),
    "hashtags": "Hashtags",
    "coverImage": (
        "Cover Image|Media|Titelbild|Coverbild|Image de couverture|Imagen de portada|Imagem de capa"
        "|Immagine di copertina|Omslagafbeelding|Zdjęcie okładkowe|Обложка|Kapak görseli"
        "|カバー画像|커버 이미지|封面图片|封面圖片"
    ),
    "coverImageDisplayed": "Cover Image Displayed",
    "language": "Language|Sprache|Langue|Idioma|Lingua|Taal|Język|Язык|Dil|言語|언어|语言|語言|اللغة|שפה|भाषा|ภาษา",
    "translationId": "Translation ID",
    "postPageUrl": "Post Page URL|url.path|URL",
    "publicUrl": "Public URL",
    "minutesToRead": "Time To Read|Minutes To Read",
    "viewCount": "View Count|metrics.views",
    "likeCount": "Like Count|metrics.likes",
    "totalComments": "Comment Count|metrics.comments",
    "featured": "Featured",
    "pinned": "Pinned",
    "pricingPlanIds": "paidPlans|Pricing Plan IDs",
    "status": "Status",
}
_NOT_LETTERS = re.compile(r"[\s._-]+")
_BY_NAME = {
    _NOT_LETTERS.sub("", name).casefold(): field for field, names in _NAMES.items() for name in names.split("|")
}
#: Names that mean the date of publication unless another column has a name for it.
_DATES = frozenset(
    "date datum data fecha дата tarih 日付 날짜 日期 التاريخ תאריך दिनांक วันที่ dato päivämäärä dátum ngày tanggal".split()
)
#: A name with an addition: `Inhalt (Rich Content)`, `Titel*`.
_PARTS = re.compile(r"[()*\[\]:：（）]+")
BODIES = frozenset({"richContent", "contentText"})
#: The beginning of a Ricos or Draft.js document in a cell.
_DOCUMENT = re.compile(r'\s*"?\{\s*\\?"(?:nodes|blocks|entityMap|metadata|documentStyle)\\?"\s*:')


def columns(header: list[str], rows: Iterable[list[str]] = ()) -> list[str | None]:
    """Return the post's field for each column, or None for columns that the owner added.

    If no name is that of the documents' column, the column whose cells are documents is.
    """
    fields = [_field(name) for name in header]
    if "firstPublishedDate" not in fields:
        dates = (n for n, name in enumerate(header) if fields[n] is None and name.strip().casefold() in _DATES)
        if (date := next(dates, None)) is not None:
            fields[date] = "firstPublishedDate"
    if "richContent" not in fields:
        with_document = {n for row in rows for n, cell in enumerate(row) if _DOCUMENT.match(cell) and n < len(fields)}
        free = sorted(n for n in with_document if fields[n] in (None, "contentText"))
        if free:
            fields[free[0]] = "richContent"
    return fields


def _field(name: str) -> str | None:
    parts = [name, *_PARTS.split(name)]
    return next((field for part in parts if (field := _BY_NAME.get(_NOT_LETTERS.sub("", part).casefold()))), None)


def is_of_posts(fields: list[str | None]) -> bool:
    """Return True if these are the columns of blog posts."""
    return "title" in fields and not BODIES.isdisjoint(fields)
