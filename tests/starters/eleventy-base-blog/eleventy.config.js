// The settings of eleventy-base-blog 9 that decide what becomes of a post (github.com/11ty/eleventy-base-blog).
import { HtmlBasePlugin, IdAttributePlugin, InputPathToUrlTransformPlugin } from "@11ty/eleventy";
import { eleventyImageTransformPlugin } from "@11ty/eleventy-img";
import { feedPlugin } from "@11ty/eleventy-plugin-rss";
import syntaxHighlight from "@11ty/eleventy-plugin-syntaxhighlight";

export default function (config) {
  config.addPreprocessor("drafts", "*", (data) => {
    if (data.draft) data.title = `${data.title} (draft)`;
    if (data.draft && process.env.ELEVENTY_RUN_MODE === "build") return false;
  });
  config.addPassthroughCopy({ "./public/": "/" });
  config.addPlugin(syntaxHighlight, { preAttributes: { tabindex: 0 } });
  config.addPlugin(HtmlBasePlugin);
  config.addPlugin(InputPathToUrlTransformPlugin);
  config.addPlugin(feedPlugin, {
    type: "atom",
    outputPath: "/feed/feed.xml",
    collection: { name: "posts", limit: 10 },
    metadata: { language: "en", title: "Blog", base: "https://example.com/", author: { name: "Your Name" } },
  });
  config.addPlugin(eleventyImageTransformPlugin, {
    formats: ["webp", "auto"],
    failOnError: false,
    htmlOptions: { imgAttributes: { loading: "lazy", decoding: "async" } },
  });
  config.addPlugin(IdAttributePlugin);
  const day = (date) => date.toISOString().slice(0, 10);
  config.addFilter("htmlDateString", day);
  config.addFilter("head", (list, n) => (n < 0 ? list.slice(n) : list.slice(0, n)));
  config.addFilter("getKeys", (target) => Object.keys(target));
  config.addFilter("filterTagList", (tags) => (tags || []).filter((tag) => !["all", "posts"].includes(tag)));
  return {
    templateFormats: ["md", "njk", "html", "liquid", "11ty.js"],
    markdownTemplateEngine: "njk",
    htmlTemplateEngine: "njk",
    dir: { input: "content", includes: "../_includes", data: "../_data", output: "_site" },
  };
}
