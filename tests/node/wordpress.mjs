// What WordPress's own parsers find in a post: its blocks, what stands outside of them, and shortcodes.
import {createRequire} from 'node:module';
import {readFileSync} from 'node:fs';
const require = createRequire(import.meta.url);
const {parse} = require('@wordpress/block-serialization-default-parser');
const shortcode = require('@wordpress/shortcode');
const next = shortcode.next ?? shortcode.default.next;
const codes = ['audio', 'caption', 'embed', 'gallery', 'playlist', 'video'];
// As WordPress renders a block without a callback: its own pieces with its inner blocks between them.
const render = (block) => {
  let inner = 0;
  return block.innerContent.map((piece) => piece ?? render(block.innerBlocks[inner++])).join('');
};
const shown = JSON.parse(readFileSync(0)).map((text) => {
  const blocks = parse(text);
  return {
    html: blocks.map(render).join(''),
    classic: blocks.filter((block) => !block.blockName && block.innerHTML.trim()).length,
    codes: codes.filter((code) => next(code, text))
  };
});
process.stdout.write(JSON.stringify(shown));
