export default { site: "http://127.0.0.1/", cacheDir: "./.cache" };
