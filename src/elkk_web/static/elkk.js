/*
 * Small comforts on top of pages that work without them: the eye of a password field, comments
 * beside a field as it is typed, a menu that closes, a filter that needs no button.
 */
(() => {
  "use strict";

  const root = document.documentElement;
  root.classList.add("js");

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

  /** The comment that a field deserves now, or nothing. */
  const commentOf = (field) => {
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

  /** Comment on a field once it was left, then as it is typed. */
  const watchFields = () => {
    for (const form of document.querySelectorAll("form[data-checked]")) {
      // Our own comments stand beside the fields, in the language of the page.
      form.noValidate = true;
      const fields = [...form.querySelectorAll(".input")];
      const left = new Set(fields.filter((field) => field.getAttribute("aria-invalid") === "true"));
      for (const field of left) field.dataset.refused = field.value;
      for (const field of fields) {
        field.addEventListener("blur", () => {
          if (!field.value && !left.has(field)) return;
          left.add(field);
          tell(field);
        });
        field.addEventListener("input", () => {
          if (left.has(field)) tell(field);
          else commentOf(field);
          for (const repeat of fields) {
            if (repeat.dataset.repeats === field.id && left.has(repeat)) tell(repeat);
          }
        });
      }
      form.addEventListener("submit", (event) => {
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

  /** Close the menu of the user on Escape and on a press beside it. */
  const watchMenus = () => {
    const menus = document.querySelectorAll("details.menu");
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

  /** Keep the column of accounts open on a wide screen, where the stylesheet shows it anyway. */
  const watchSide = () => {
    const side = document.querySelector("details.side");
    if (!side) return;
    const openAtFirst = side.open;
    const wide = window.matchMedia("(min-width: 60rem)");
    const follow = () => {
      side.open = wide.matches || openAtFirst;
    };
    wide.addEventListener("change", follow);
    follow();
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

  document.addEventListener("DOMContentLoaded", () => {
    watchEyes();
    watchFields();
    watchSubmits();
    watchMenus();
    watchSide();
    watchFilters();
    watchCountdowns();
    document.querySelector("[data-focus]")?.focus();
  });
})();
