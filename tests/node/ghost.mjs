// Ghost's own way of a post's html: into its editor's blocks, and out again as a page shows them.
import {createRequire} from 'node:module';
import {readFileSync} from 'node:fs';
const require = createRequire(import.meta.url);
const {htmlToLexical} = require('@tryghost/kg-html-to-lexical');
const {LexicalHTMLRenderer} = require('@tryghost/kg-lexical-html-renderer');
const {DEFAULT_NODES} = require('@tryghost/kg-default-nodes');
const {JSDOM} = require('jsdom');
const renderer = new LexicalHTMLRenderer({nodes: DEFAULT_NODES, dom: new JSDOM()});
const options = {
  target: 'html', createDocument: () => new JSDOM().window.document, siteUrl: 'https://www.example.com',
  imageOptimization: {}, canTransformImage: () => false
};
const shown = [];
for (const html of JSON.parse(readFileSync(0))) {
  shown.push(await renderer.render(JSON.stringify(htmlToLexical(html)), options));
}
process.stdout.write(JSON.stringify(shown));
