// Types of the documents that unwix wrote, for `schema.types` in sanity.config.ts.
import { defineArrayMember, defineField, defineType } from "sanity";

const text = (name: string) => defineField({ name, type: "string" });
const content = (name: string) => defineField({ name, type: "array", of: blocks });

const line = defineArrayMember({
  type: "block",
  marks: {
    decorators: ["strong", "em", "code", "underline", "strike-through", "sup", "sub"].map((value) => ({
      title: value,
      value,
    })),
    annotations: [{ name: "link", type: "object", fields: [text("href"), text("title")] }],
  },
  of: [{ type: "image", fields: [text("alt"), text("href")] }],
});

// A function, since collapsibles, quotes, lists and tables contain blocks again.
const NAMES = ["gallery", "embed", "button", "code", "divider", "quote", "list", "table", "details", "missing"];
const blocks = [
  line,
  defineArrayMember({
    type: "image",
    options: { hotspot: true },
    fields: [text("alt"), text("href"), defineField({ name: "caption", type: "array", of: [line] })],
  }),
  defineArrayMember({ type: "file", fields: [text("title")] }),
  ...NAMES.map((type) => defineArrayMember({ type })),
];

const object = (name: string, ...fields: any[]) => defineType({ name, type: "object", fields });

export const schemaTypes = [
  defineType({
    name: "post",
    type: "document",
    fields: [
      text("title"),
      defineField({ name: "slug", type: "slug", options: { source: "title" } }),
      defineField({ name: "publishedAt", type: "datetime" }),
      defineField({ name: "updatedAt", type: "datetime" }),
      defineField({ name: "author", type: "reference", to: { type: "author" } }),
      defineField({ name: "coAuthors", type: "array", of: [{ type: "reference", to: { type: "author" } }] }),
      defineField({ name: "mainImage", type: "image", fields: [text("alt")] }),
      defineField({ name: "categories", type: "array", of: [{ type: "reference", to: { type: "category" } }] }),
      defineField({ name: "tags", type: "array", of: [{ type: "string" }] }),
      defineField({ name: "excerpt", type: "text" }),
      defineField({ name: "seo", type: "object", fields: [text("title"), text("description")] }),
      text("language"),
      defineField({ name: "originalUrl", type: "url" }),
      content("body"),
    ],
  }),
  defineType({
    name: "author",
    type: "document",
    fields: [text("name"), defineField({ name: "slug", type: "slug" })],
  }),
  defineType({
    name: "category",
    type: "document",
    fields: [text("title"), defineField({ name: "slug", type: "slug" })],
  }),
  object("gallery", defineField({ name: "items", type: "array", of: [{ type: "image" }, { type: "embed" }] })),
  object(
    "embed",
    text("kind"),
    defineField({ name: "url", type: "url" }),
    defineField({ name: "file", type: "file" }),
    text("title"),
    defineField({ name: "caption", type: "array", of: [line] }),
  ),
  object("button", text("text"), text("url")),
  object("code", text("language"), defineField({ name: "code", type: "text" })),
  object("divider", defineField({ name: "style", type: "string" })),
  object("quote", content("content")),
  object(
    "list",
    text("kind"),
    defineField({ name: "start", type: "number" }),
    defineField({ name: "items", type: "array", of: [{ type: "listItem" }] }),
  ),
  object("listItem", defineField({ name: "checked", type: "boolean" }), content("content")),
  object("table", defineField({ name: "rows", type: "array", of: [{ type: "tableRow" }] })),
  object("tableRow", defineField({ name: "cells", type: "array", of: [{ type: "tableCell" }] })),
  object(
    "tableCell",
    defineField({ name: "header", type: "boolean" }),
    defineField({ name: "align", type: "string", options: { list: ["left", "center", "right"] } }),
    defineField({ name: "colspan", type: "number" }),
    defineField({ name: "rowspan", type: "number" }),
    content("content"),
  ),
  object("details", defineField({ name: "summary", type: "array", of: [line] }), content("content")),
  object("missing", text("text")),
];
