// `hexo generate`, without the package hexo-cli.
import Hexo from "hexo";

const hexo = new Hexo(process.cwd(), {});
await hexo.init();
await hexo.call("generate", {});
await hexo.exit();
