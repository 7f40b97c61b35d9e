export default function (config) {
  config.addPassthroughCopy({ public: "/" });
  config.addCollection("posts", (all) => all.getAll().filter((item) => /\/post\//.test(item.inputPath)));
  return { dir: { input: "content", includes: "_includes", output: "_site" } };
}
