// The review page's behaviour: filter, search, order and keys. Without it, all pages can still be read.
"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  // What the list shows is remembered for the pages of its posts, where the browser lets us.
  const memory = {
    key: "unwix-review:" + new URL(document.body.classList.contains("of-post") ? ".." : ".", location.href).pathname.replace(/\/$/, ""),
    get() {
      try {
        return JSON.parse(sessionStorage.getItem(this.key)) || {};
      } catch {
        return {};
      }
    },
    set(more) {
      try {
        sessionStorage.setItem(this.key, JSON.stringify({ ...this.get(), ...more }));
      } catch {
        // private windows: the pages go on in the order of the report
      }
    },
  };

  // Posts that somebody has looked at, by file. They stay in this browser; "Export marks" writes them to a file.
  const marks = {
    key: memory.key.replace("unwix-review:", "unwix-reviewed:"),
    all() {
      try {
        return JSON.parse(localStorage.getItem(this.key)) || {};
      } catch {
        return {};
      }
    },
    set(file, done) {
      const found = this.all();
      if (done) found[file] = new Date().toISOString();
      else delete found[file];
      try {
        localStorage.setItem(this.key, JSON.stringify(found));
      } catch {
        return false;
      }
      return true;
    },
  };

  const keys = new Map();
  const dialog = $("keys");
  const showKeys = () => dialog.showModal();
  keys.set("?", showKeys);
  for (const button of all("[data-keys]")) button.addEventListener("click", showKeys);
  // Speech input and shaky hands press single keys by mistake, so they can be switched off (WCAG 2.1.4).
  $("keys-on").checked = memory.get().keys !== false;
  $("keys-on").addEventListener("change", () => memory.set({ keys: $("keys-on").checked }));

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || dialog.open) return;
    const typing = event.target.closest("input, select, textarea");
    if (typing && event.key !== "Escape" && !(typing.type === "search" && event.key === "ArrowDown")) return;
    if (event.key !== "?" && memory.get().keys === false) return;
    const act = keys.get(event.key);
    if (act && act(event) !== false) event.preventDefault();
  });

  function list() {
    const posts = all("#posts > .post");
    const search = $("search"), kind = $("kind"), reader = $("reader"), sort = $("sort"), seen = $("marks");
    const selects = [kind, reader, seen, sort];
    let reviewed = marks.all();
    const isDone = (post) => post.dataset.file in reviewed;
    const showMarks = () => {
      reviewed = marks.all();
      for (const post of posts) {
        post.classList.toggle("reviewed", isDone(post));
        post.querySelector(".seen").hidden = !isDone(post);
      }
    };
    const tiles = all(".tiles button");
    const said = new Map();
    const text = (post) => {
      if (!said.has(post)) said.set(post, fold(post.textContent));
      return said.get(post);
    };
    const title = (post) => fold(post.querySelector("a").textContent);
    let show = "all";
    let order = "worst";

    const read = () => {
      const state = new URLSearchParams(location.hash.slice(1));
      search.value = state.get("q") || "";
      show = tiles.some((tile) => tile.dataset.show === state.get("show")) ? state.get("show") : "all";
      for (const select of selects) {
        const wanted = state.get(select.id) || "";
        select.value = [...select.options].some((option) => option.value === wanted) ? wanted : select.options[0].value;
      }
    };

    const arrange = () => {
      if (order === sort.value) return;
      order = sort.value;
      const number = (post) => Number(post.dataset.number);
      const sorted = [...posts];
      if (order === "title") {
        const titles = new Map(posts.map((post) => [post, title(post)]));
        sorted.sort((a, b) => titles.get(a).localeCompare(titles.get(b)));
      } else if (order === "report") sorted.sort((a, b) => number(a) - number(b));
      $("posts").append(...sorted);
    };

    const apply = () => {
      arrange();
      const wanted = fold(search.value).split(/\s+/).filter(Boolean);
      let found = 0;
      for (const post of posts) {
        const fits =
          (show === "all" || post.dataset.verdict === show) &&
          (!kind.value || post.dataset.kinds.split(" ").includes(kind.value)) &&
          (!reader.value || post.dataset.reader === reader.value) &&
          (!seen.value || isDone(post) === (seen.value === "done")) &&
          wanted.every((word) => text(post).includes(word));
        post.hidden = !fits;
        found += fits;
      }
      for (const tile of tiles) tile.setAttribute("aria-pressed", String(tile.dataset.show === show));
      const counted = found === posts.length ? `${found} posts` : `${found} of ${posts.length} posts`;
      const done = posts.filter(isDone).length;
      $("found").textContent = done ? `${counted}, ${done} reviewed` : counted;
      $("none").hidden = found > 0;
      const state = new URLSearchParams();
      if (search.value) state.set("q", search.value);
      if (show !== "all") state.set("show", show);
      for (const select of selects) if (select.selectedIndex > 0) state.set(select.id, select.value);
      history.replaceState(null, "", state.size ? "#" + state : location.pathname + location.search);
      memory.set({
        posts: all("#posts > .post:not([hidden]) a").map((a) => a.getAttribute("href").split("/").pop()),
        attention: all("#posts > .post:not([hidden])")
          .filter((post) => !["notes", "clean"].includes(post.dataset.verdict))
          .map((post) => [post.querySelector("a").getAttribute("href").split("/").pop(), post.dataset.file]),
        hash: location.hash,
        list: location.pathname.split("/").pop(),
      });
    };

    const clear = () => {
      search.value = "";
      show = "all";
      kind.selectedIndex = reader.selectedIndex = seen.selectedIndex = 0;
      apply();
    };
    const step = (by) => {
      const links = all("#posts > .post:not([hidden]) a");
      const at = links.indexOf(document.activeElement);
      const next = links[at < 0 ? (by > 0 ? 0 : links.length - 1) : Math.min(links.length - 1, Math.max(0, at + by))];
      if (next) {
        next.focus();
        next.closest(".post").scrollIntoView({ block: "nearest" });
      }
    };

    $("export").addEventListener("click", () => {
      const rows = posts.map((post) => ({
        file: post.dataset.file,
        title: post.querySelector("a").textContent.trim(),
        result: post.querySelector(".pill").lastChild.textContent.trim(),
        reviewed: reviewed[post.dataset.file] || null,
      }));
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([JSON.stringify(rows, null, 2) + "\n"], { type: "application/json" }));
      link.download = "unwix-reviewed.json";
      link.click();
      URL.revokeObjectURL(link.href);
    });
    showMarks();
    window.addEventListener("pageshow", (event) => {
      if (!event.persisted) return;
      showMarks();
      apply();
    });
    read();
    document.querySelector(".controls").hidden = false;
    document.querySelector(".controls").addEventListener("submit", (event) => event.preventDefault());
    let waiting;
    search.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(apply, posts.length > 500 ? 120 : 0);
    });
    for (const select of selects) select.addEventListener("change", apply);
    for (const tile of tiles)
      tile.addEventListener("click", () => {
        show = tile.dataset.show;
        apply();
      });
    $("clear").addEventListener("click", () => {
      clear();
      search.focus();
    });
    window.addEventListener("hashchange", () => {
      read();
      apply();
    });
    keys.set("/", () => search.focus());
    keys.set("j", () => step(1)).set("ArrowDown", () => step(1));
    keys.set("k", () => step(-1)).set("ArrowUp", () => step(-1));
    keys.set("c", clear);
    keys.set("Escape", (event) => {
      if (event.target !== search) return false;
      clear();
      search.blur();
    });
    apply();
    const last = memory.get().last;
    const link = last && posts.map((post) => post.querySelector("a")).find((a) => a.getAttribute("href").endsWith("/" + last));
    if (link && document.referrer !== location.href) {
      link.focus({ preventScroll: true });
      link.closest(".post").scrollIntoView({ block: "center" });
    }
  }

  function post() {
    const here = location.pathname.split("/").pop();
    const file = document.body.dataset.file;
    const { posts = [], attention = null, hash = "", list: page, view = "both", only = false } = memory.get();
    memory.set({ last: here });
    const back = $("back");
    if (page && hash) back.setAttribute("href", "../" + page + hash);
    const at = posts.indexOf(here);
    if (at >= 0) {
      $("position").textContent = `${at + 1} of ${posts.length}`;
      for (const [id, name] of [["previous", posts[at - 1]], ["next", posts[at + 1]]]) {
        $(id).hidden = !name;
        if (name) $(id).setAttribute("href", name);
      }
    }
    const showAttention = () => {
      if (!attention) return; // without the list, the link of the page stays: the next post by severity
      const done = marks.all();
      const after = attention.findIndex(([name]) => name === here);
      const order = [...attention.slice(after + 1), ...attention.slice(0, Math.max(after, 0))];
      const found = order.find(([, other]) => !(other in done));
      $("attention").hidden = !found;
      if (found) $("attention").setAttribute("href", found[0]);
    };
    showAttention();
    const box = $("reviewed");
    box.checked = file in marks.all();
    box.closest(".done").hidden = false;
    box.addEventListener("change", () => {
      marks.set(file, box.checked);
      showAttention();
    });
    for (const image of all(".image img")) {
      const lost = () => image.closest(".image").classList.add("unreachable");
      image.addEventListener("error", lost);
      if (image.complete && image.getAttribute("src") && !image.naturalWidth) lost();
    }
    const raw = $("file");
    const openFile = () => {
      if (!raw) return false;
      raw.open = true;
      raw.scrollIntoView({ block: "start" });
      raw.querySelector("summary").focus({ preventScroll: true });
    };
    if (raw) {
      raw.querySelector(".copy").hidden = false;
      $("open-file")?.addEventListener("click", openFile);
      $("copy").addEventListener("click", async () => {
        try {
          await navigator.clipboard.writeText($("text").textContent);
        } catch {
          getSelection().selectAllChildren($("text"));
          document.execCommand("copy");
        }
        $("copied").textContent = "Copied.";
      });
    }
    const go = (id) => {
      const link = $(id);
      if (link.hidden || !link.hasAttribute("href")) return false;
      link.click();
    };

    const rows = all(".rows .row[id]");
    const step = (by) => {
      const at = rows.indexOf(document.activeElement.closest(".row"));
      const next = rows[at < 0 ? (by > 0 ? 0 : rows.length - 1) : (at + by + rows.length) % rows.length];
      if (!next) return false;
      next.focus({ preventScroll: true });
      next.scrollIntoView({ block: "center" });
    };

    const views = all("[data-view]", document.body);
    const tools = document.querySelector(".tools");
    const setView = (name) => {
      document.documentElement.dataset.view = name;
      for (const button of views) button.setAttribute("aria-pressed", String(button.dataset.view === name));
    };
    const onlyButton = $("only");
    const setOnly = (yes) => {
      if (!onlyButton) return false;
      document.documentElement.classList.toggle("only", yes);
      onlyButton.setAttribute("aria-pressed", String(yes));
    };
    if (tools) {
      tools.hidden = false;
      setView(["both", "source", "written"].includes(view) ? view : "both");
      setOnly(only && rows.length > 0);
      const chooseView = (name) => {
        setView(name);
        memory.set({ view: name });
      };
      const toggleOnly = () => {
        const yes = onlyButton?.getAttribute("aria-pressed") !== "true";
        if (setOnly(yes) !== false) memory.set({ only: yes });
      };
      for (const button of views) button.addEventListener("click", () => chooseView(button.dataset.view));
      onlyButton?.addEventListener("click", toggleOnly);
      keys.set("v", () => {
        const names = views.map((button) => button.dataset.view);
        chooseView(names[(names.indexOf(document.documentElement.dataset.view) + 1) % names.length]);
      });
      keys.set("d", toggleOnly);
    }
    keys.set("j", () => go("next")).set("k", () => go("previous")).set("u", () => go("back"));
    keys.set("n", () => step(1)).set("p", () => step(-1));
    keys.set("a", () => go("attention")).set("r", () => box.click()).set("m", openFile);
    keys.set("f", () => {
      const front = $("front");
      if (!front) return false;
      front.open = !front.open;
      front.querySelector("summary").focus();
    });
    keys.set("x", () => {
      const cut = $("cut");
      if (!cut) return false;
      cut.open = !cut.open;
      cut.querySelector("summary").focus();
    });
  }

  document.body.classList.contains("of-post") ? post() : list();
})();
