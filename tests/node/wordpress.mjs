// What WordPress makes of a post's text before it shows it: paragraphs, and which shortcodes it finds.
import {createRequire} from 'node:module';
import {readFileSync} from 'node:fs';
const require = createRequire(import.meta.url);
const {autop} = require('@wordpress/autop');
const shortcode = require('@wordpress/shortcode');
const next = shortcode.next ?? shortcode.default.next;
const codes = ['audio', 'caption', 'embed', 'gallery', 'playlist', 'video'];
const shown = JSON.parse(readFileSync(0)).map((text) => ({html: autop(text), codes: codes.filter((c) => next(c, text))}));
process.stdout.write(JSON.stringify(shown));
