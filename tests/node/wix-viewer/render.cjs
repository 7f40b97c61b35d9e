// Documents as JSON Lines on standard input -> HTML as Wix's viewer renders it on the server, as JSON Lines.
const fs = require("node:fs");
const React = require("react");
const { renderToStaticMarkup } = require("react-dom/server");
const ricos = require("@wix/ricos");

console.error = () => {}; // React warns of effects that a server does not run
const plugins = [
  ...ricos.quickStartViewerPlugins(),
  ricos.pluginFileUploadViewer(),
  ricos.pluginPollViewer(),
  ricos.pluginTocViewer(),
  ricos.pluginSmartBlockViewer(),
];
for (const line of fs.readFileSync(0, "utf8").split("\n").filter(Boolean)) {
  const props = { content: JSON.parse(line), plugins, isMobile: false, locale: "en" };
  process.stdout.write(JSON.stringify(renderToStaticMarkup(React.createElement(ricos.RicosViewer, props))) + "\n");
}
