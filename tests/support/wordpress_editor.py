"""Open posts in WordPress's own editor in the browser, and list the blocks that it calls invalid."""

from __future__ import annotations

from typing import Any

from support.wordpress_server import PASSWORD, WordPress

#: WordPress 6.1 does not know collapsible sections (6.3), merged cells (6.3) and the placeholder of unwix.
_NEWER = ("core/details", "unwix/missing")
_INVALID = """([bodies, newer]) => {
  const faults = [];
  const look = (slug, blocks) => {
    for (const block of blocks) {
      const text = block.originalContent || '', isMerged = block.name === 'core/table' && /(col|row)span=/.test(text);
      const isUnknown = block.name === 'core/missing' && !newer.includes(block.attributes.originalName);
      if ((!block.isValid && !isMerged) || isUnknown || block.name === 'core/freeform')
        faults.push(`${slug}: ${block.name}: ${text.slice(0, 200)}`);
      look(slug, block.innerBlocks);
    }
  };
  for (const [slug, body] of Object.entries(bodies)) look(slug, wp.blocks.parse(body));
  return faults;
}"""


def invalid_blocks(page: Any, site: WordPress, bodies: dict[str, str]) -> list[str]:
    """Log in, open the editor, and return what it cannot edit in the bodies of posts, by their slugs."""
    page.goto(f"{site.url}/wp-login.php")
    page.fill("#user_login", "admin")
    page.fill("#user_pass", PASSWORD)
    page.click("#wp-submit")
    page.wait_for_url("**/wp-admin/**")
    page.goto(f"{site.url}/wp-admin/post-new.php")
    page.wait_for_function("() => window.wp && wp.blocks && wp.blocks.getBlockType('core/table')")
    faults: list[str] = page.evaluate(_INVALID, [bodies, _NEWER])
    page.context.clear_cookies()
    return faults
