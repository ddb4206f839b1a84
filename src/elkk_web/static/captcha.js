/*
 * «Я не робот»: fetches a challenge when the box is ticked, lets a worker solve it, and puts the
 * solution into the form. Where any of that fails, the question in words takes its place.
 */
(() => {
  "use strict";

  const watch = (captcha) => {
    const box = captcha.querySelector("[data-captcha-box]");
    const solution = captcha.querySelector("[data-captcha-solution]");
    const state = captcha.querySelector("[data-captcha-state]");
    const comment = captcha.querySelector(".comment");
    const other = captcha.querySelector("details");
    const reply = other.querySelector("input[type=text]");
    const form = captcha.closest("form");
    let waiting = null;

    const show = (name) => {
      captcha.dataset.state = name;
      state.textContent = state.dataset[name] || "";
    };

    const tell = (text) => {
      comment.textContent = text;
      comment.hidden = !text;
      if (text) box.setAttribute("aria-invalid", "true");
      else box.removeAttribute("aria-invalid");
    };

    const forget = () => {
      waiting = null;
      box.checked = false;
      solution.value = "";
      show("idle");
    };

    /** Nothing works here: ask in words. */
    const giveUp = () => {
      forget();
      show("failed");
      other.open = true;
      reply.focus();
    };

    const send = () => {
      const submitter = waiting;
      waiting = null;
      if (submitter) form.requestSubmit(submitter);
    };

    const work = async () => {
      show("busy");
      const answer = await fetch(captcha.dataset.captcha, { headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error("no challenge");
      const challenge = await answer.json();
      const worker = new Worker(captcha.dataset.worker);
      const found = await new Promise((done, failed) => {
        worker.addEventListener("message", (event) => done(event.data));
        worker.addEventListener("error", failed);
        worker.postMessage(challenge.parameters);
      });
      worker.terminate();
      solution.value = btoa(JSON.stringify({ challenge, solution: found }));
      show("passed");
      tell("");
      // A page may stay open longer than a solution is good for.
      window.setTimeout(forget, Number(captcha.dataset.minutes) * 60_000);
      send();
    };

    box.addEventListener("change", () => {
      if (box.checked) work().catch(giveUp);
      else forget();
    });

    form.addEventListener("submit", (event) => {
      if (event.defaultPrevented || solution.value || reply.value.trim()) return;
      event.preventDefault();
      // Nothing was sent: the next press is the first one.
      delete form.dataset.sent;
      if (box.checked) {
        // Sent as soon as the work is done.
        waiting = event.submitter;
        return;
      }
      tell(box.dataset.missing);
      box.focus();
    });

    other.open = other.querySelector("[aria-invalid=true]") !== null;
    if (captcha.dataset.again) {
      box.checked = true;
      work().catch(giveUp);
    } else forget();
  };

  document.addEventListener("DOMContentLoaded", () => {
    for (const captcha of document.querySelectorAll("[data-captcha]")) watch(captcha);
  });
})();
