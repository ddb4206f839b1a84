/*
 * Small comforts on top of pages that work without them: the eye of a password field, comments
 * beside a field as it is typed, a menu that closes, a filter that needs no button.
 */
(() => {
  "use strict";

  const root = document.documentElement;
  root.classList.add("js");

  const RESTING_MILLISECONDS = 1000;

  /** Show or hide what is typed into the password field beside an eye. */
  const watchEyes = () => {
    for (const eye of document.querySelectorAll("[data-eye]")) {
      const field = document.getElementById(eye.dataset.eye);
      eye.addEventListener("click", () => {
        const shown = field.type === "password";
        field.type = shown ? "text" : "password";
        eye.setAttribute("aria-pressed", String(shown));
      });
    }
  };

  /** Refuse files that are too many or too large before they travel. */
  const checkFiles = (field) => {
    const { mostFiles, mostBytes, tooMany, tooLarge } = field.dataset;
    const files = [...field.files];
    const large = files.some((file) => file.size > Number(mostBytes));
    field.setCustomValidity(files.length > Number(mostFiles) ? tooMany : large ? tooLarge : "");
  };

  /** The comment that a field deserves now, or nothing. */
  const commentOf = (field) => {
    if (field.dataset.mostFiles) checkFiles(field);
    if (field.dataset.repeats) {
      const original = document.getElementById(field.dataset.repeats);
      field.setCustomValidity(original.value === field.value ? "" : field.dataset.format);
    }
    if (field.validity.valid) return "";
    if (field.validity.valueMissing) return field.dataset.missing || field.validationMessage;
    return field.dataset.format || field.validationMessage;
  };

  /** Put the comment under the field, where a screen reader finds it too. */
  const tell = (field) => {
    const comment = document.getElementById(`${field.id}-comment`);
    // What the server has refused stays refused until it is changed.
    if (!comment || field.dataset.refused === field.value) return;
    const text = commentOf(field);
    comment.textContent = text;
    comment.hidden = !text;
    if (text) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
  };

  /**
   * Comment on a field as it is typed: the first time after a moment's rest, so that nobody is told
   * off in the middle of a word, and at once when it was left or found wrong before.
   */
  const watchFields = () => {
    for (const form of document.querySelectorAll("form[data-checked]")) {
      // Our own comments stand beside the fields, in the language of the page.
      form.noValidate = true;
      const fields = [...form.querySelectorAll(".input")];
      const left = new Set(fields.filter((field) => field.getAttribute("aria-invalid") === "true"));
      for (const field of left) field.dataset.refused = field.value;
      for (const field of fields) {
        // Choosing files is all that is done to such a field.
        if (field.type === "file") left.add(field);
        field.addEventListener("blur", () => {
          if (!field.value && !left.has(field)) return;
          left.add(field);
          tell(field);
        });
        let resting = 0;
        field.addEventListener("input", () => {
          window.clearTimeout(resting);
          if (left.has(field)) tell(field);
          else {
            commentOf(field);
            resting = window.setTimeout(() => {
              if (!field.value) return;
              left.add(field);
              tell(field);
            }, RESTING_MILLISECONDS);
          }
          for (const repeat of fields) {
            if (repeat.dataset.repeats === field.id && left.has(repeat)) tell(repeat);
          }
        });
      }
      form.addEventListener("submit", (event) => {
        if (event.submitter?.formNoValidate) return;
        for (const field of fields) {
          left.add(field);
          tell(field);
        }
        const wrong = fields.find((field) => !field.validity.valid);
        if (wrong) {
          event.preventDefault();
          wrong.focus();
        }
      });
    }
  };

  /** Take the first of two quick presses of a button and leave the second. */
  const watchSubmits = () => {
    for (const form of document.querySelectorAll('form[method="post"]')) {
      form.addEventListener("submit", (event) => {
        if (event.defaultPrevented) return;
        if (form.dataset.sent) event.preventDefault();
        form.dataset.sent = "yes";
      });
    }
    // A page that comes back from the history of the browser may be sent again.
    window.addEventListener("pageshow", () => {
      for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
    });
  };

  /** Close a menu or a note on Escape and on a press beside it. */
  const watchMenus = () => {
    const menus = document.querySelectorAll("details.menu, details.dots, details.note");
    document.addEventListener("click", (event) => {
      for (const menu of menus) if (!menu.contains(event.target)) menu.open = false;
    });
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      for (const menu of menus) {
        if (!menu.open) continue;
        menu.open = false;
        menu.querySelector("summary").focus();
      }
    });
  };

  /** Begin to write a note as soon as its field is there. */
  const watchNotes = () => {
    for (const note of document.querySelectorAll("details.note")) {
      note.addEventListener("toggle", () => {
        if (!note.open) return;
        const field = note.querySelector("textarea");
        field.focus();
        field.setSelectionRange(field.value.length, field.value.length);
      });
    }
  };

  /** Show of many accounts only those that hold every word of what is looked for. */
  const watchFinder = () => {
    const finder = document.querySelector("[data-finder]");
    if (!finder) return;
    const found = document.getElementById(finder.dataset.finder);
    const groups = [...document.querySelectorAll(".group")];
    const plain = (text) => text.toLocaleLowerCase().replaceAll("ё", "е");
    finder.addEventListener("input", () => {
      const words = plain(finder.value).split(/\s+/).filter(Boolean);
      let count = 0;
      for (const group of groups) {
        const heading = group.querySelector(".group__name").textContent;
        let shown = 0;
        for (const account of group.querySelectorAll(".account")) {
          const text = plain(`${heading} ${account.textContent}`);
          account.hidden = !words.every((word) => text.includes(word));
          if (!account.hidden) shown += 1;
        }
        group.hidden = !shown;
        count += shown;
      }
      found.textContent = words.length ? `${found.dataset.found} ${count}` : "";
    });
  };

  /** Keep the column of accounts open on a wide screen, where the stylesheet shows it anyway. */
  const watchSide = () => {
    const side = document.querySelector("details.side");
    if (!side) return;
    const openAtFirst = side.open;
    const wide = window.matchMedia("(min-width: 60rem)");
    const follow = () => {
      side.open = wide.matches || openAtFirst;
      if (wide.matches) side.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
    };
    wide.addEventListener("change", follow);
    follow();
  };

  /** Bring the current one of tabs into sight where they do not all fit. */
  const showTab = () => {
    for (const tabs of document.querySelectorAll("ul.tabs")) {
      const tab = tabs.querySelector("[aria-current]")?.getBoundingClientRect();
      if (!tab) continue;
      const whole = tabs.getBoundingClientRect();
      tabs.scrollLeft += tab.left - whole.left - (whole.width - tab.width) / 2;
    }
  };

  /** Send a filter as soon as it is changed, and a form that only waits for a press. */
  const watchFilters = () => {
    for (const filter of document.querySelectorAll("[data-send-on-change]")) {
      filter.addEventListener("change", () => filter.form.requestSubmit());
    }
    for (const form of document.querySelectorAll("form[data-send-at-once]")) form.requestSubmit();
  };

  /** Count the seconds until a code may be sent again. */
  const watchCountdowns = () => {
    for (const button of document.querySelectorAll("button[data-wait]")) {
      const label = button.textContent;
      const ends = Date.now() + Number(button.dataset.wait) * 1000;
      const tick = () => {
        const seconds = Math.ceil((ends - Date.now()) / 1000);
        button.disabled = seconds > 0;
        button.textContent = seconds > 0 ? `${label.trim()} (${seconds})` : label;
        if (seconds > 0) window.setTimeout(tick, 250);
      };
      tick();
    }
  };

  /** Tell what the figures in a form mean, as they are typed. */
  const watchMeanings = () => {
    for (const form of document.querySelectorAll("form[data-preview]")) {
      const place = form.querySelector("[data-meaning]");
      const fields = [...form.querySelectorAll(".input")];
      let waiting = 0;
      let asked = 0;
      const show = ({ meaning, warning }) => {
        place.querySelector("[data-meaning-text]").textContent = meaning;
        place.querySelector("[data-meaning-warning]").textContent = warning;
        place.classList.toggle("meaning--strange", Boolean(warning));
        place.hidden = !meaning;
      };
      const ask = async () => {
        const turn = ++asked;
        let answer = { meaning: "", warning: "" };
        if (fields.every((field) => field.value.trim() && field.validity.valid)) {
          try {
            const got = await fetch(form.dataset.preview, {
              method: "POST",
              body: new FormData(form),
            });
            if (got.ok) answer = await got.json();
          } catch {
            // Without the network nothing is told; sending the form says what is wrong.
          }
        }
        if (turn === asked) show(answer);
      };
      form.addEventListener("input", () => {
        // What was asked about other figures does not hold for these.
        form.querySelector("[data-asked]")?.remove();
        window.clearTimeout(waiting);
        waiting = window.setTimeout(ask, 400);
      });
    }
  };

  /** Take one from the marks of unread notifications, those of an account and of all. */
  const countDown = (account) => {
    const marks = `[data-unread-of="${account}"], [data-unread-of="all"]`;
    for (const alarm of document.querySelectorAll(marks)) {
      alarm.dataset.unread = String(Number(alarm.dataset.unread) - 1);
      if (Number(alarm.dataset.unread) < 1) alarm.remove();
    }
  };

  /** Note that a notification is read as soon as it is unfolded, or followed to what it asks for. */
  const watchNews = () => {
    for (const news of document.querySelectorAll("details[data-reads]")) {
      const item = news.closest(".news__item");
      const read = async () => {
        if (!item.classList.contains("news__item--new")) return;
        item.classList.remove("news__item--new");
        const form = news.querySelector("form");
        const sent = new FormData(form);
        sent.delete("back");
        try {
          // The page may be left meanwhile.
          const got = await fetch(form.action, { method: "POST", body: sent, keepalive: true });
          if (!got.ok) return;
        } catch {
          // Without the network it stays unread, and is read another time.
          return;
        }
        news.querySelector(".news__mark").remove();
        countDown(news.dataset.reads);
      };
      news.addEventListener("toggle", read);
      item.querySelector(".news__action").addEventListener("click", read);
    }
  };

  /** Look every few seconds whether the bank has told how a payment ended, then show it. */
  const watchPayment = () => {
    const watched = document.querySelector("[data-watch]");
    if (!watched) return;
    const unchanged = `data-watch="${watched.dataset.watch}"`;
    let looksLeft = 40;
    const look = async () => {
      const answer = await fetch(window.location.href).catch(() => null);
      const page = answer?.ok ? await answer.text() : unchanged;
      if (!page.includes(unchanged)) window.location.reload();
      else if (--looksLeft > 0) window.setTimeout(look, 3000);
    };
    window.setTimeout(look, 3000);
  };

  document.addEventListener("DOMContentLoaded", () => {
    watchPayment();
    watchEyes();
    watchFields();
    watchSubmits();
    watchMenus();
    watchNotes();
    watchFinder();
    watchSide();
    showTab();
    watchFilters();
    watchCountdowns();
    watchMeanings();
    watchNews();
    document.querySelector("[data-focus]")?.focus();
  });
})();
