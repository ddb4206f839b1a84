/*
 * Works on a challenge of ALTCHA: finds the number whose SHA-256, together with the salt and the
 * nonce of the challenge, begins as the challenge says.
 *
 * The hash is made here and not by crypto.subtle, which browsers hide from pages without HTTPS and
 * which takes longer for a small text than the hash itself.
 */
"use strict";

/** The first 32 bits of the fractions of a root of the first *count* primes (FIPS 180-4, 4.2.2). */
const fractions = (count, exponent) => {
  const found = [];
  for (let number = 2; found.length < count; number += 1) {
    let divisor = 2;
    while (number % divisor) divisor += 1;
    if (divisor === number) found.push(((number ** exponent % 1) * 2 ** 32) | 0);
  }
  return Int32Array.from(found);
};

const ROUNDS = fractions(64, 1 / 3);
const START = fractions(8, 1 / 2);
const turned = (word, by) => (word >>> by) | (word << (32 - by));
const words = (hex) => hex.match(/.{8}/g).map((part) => Number.parseInt(part, 16) | 0);
const hexOf = (word) => (word >>> 0).toString(16).padStart(8, "0");

/** The SHA-256 of one block of 16 words, which stands at the beginning of *schedule*. */
const hash = (schedule, state) => {
  for (let i = 16; i < 64; i += 1) {
    const early = schedule[i - 15];
    const late = schedule[i - 2];
    const small = turned(early, 7) ^ turned(early, 18) ^ (early >>> 3);
    const great = turned(late, 17) ^ turned(late, 19) ^ (late >>> 10);
    schedule[i] = (schedule[i - 16] + small + schedule[i - 7] + great) | 0;
  }
  let a = START[0];
  let b = START[1];
  let c = START[2];
  let d = START[3];
  let e = START[4];
  let f = START[5];
  let g = START[6];
  let h = START[7];
  for (let i = 0; i < 64; i += 1) {
    const great = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25);
    const choice = (e & f) ^ (~e & g);
    const first = (h + great + choice + ROUNDS[i] + schedule[i]) | 0;
    const small = turned(a, 2) ^ turned(a, 13) ^ turned(a, 22);
    const majority = (a & b) ^ (a & c) ^ (b & c);
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    c = b;
    b = a;
    a = (first + small + majority) | 0;
  }
  state[0] = (START[0] + a) | 0;
  state[1] = (START[1] + b) | 0;
  state[2] = (START[2] + c) | 0;
  state[3] = (START[3] + d) | 0;
  state[4] = (START[4] + e) | 0;
  state[5] = (START[5] + f) | 0;
  state[6] = (START[6] + g) | 0;
  state[7] = (START[7] + h) | 0;
};

/** The solution of a challenge with these parameters. */
const solve = ({ algorithm, cost, salt, nonce, keyPrefix }) => {
  if (algorithm !== "SHA-256" || cost !== 1 || keyPrefix.length !== 32) {
    throw new Error("a challenge of another kind");
  }
  const wanted = words(keyPrefix);
  const schedule = new Int32Array(64);
  const state = new Int32Array(8);
  schedule.set([...words(salt), ...words(nonce)]);
  // Thirty-six bytes, then the end mark and the length in bits.
  schedule[9] = 0x80000000 | 0;
  schedule[15] = 288;
  for (let counter = 0; counter < 2 ** 32; counter += 1) {
    schedule[8] = counter | 0;
    hash(schedule, state);
    if (wanted.every((word, i) => word === state[i])) {
      return { counter, derivedKey: Array.from(state, hexOf).join("") };
    }
  }
  throw new Error("a challenge without a solution");
};

self.addEventListener("message", (event) => self.postMessage(solve(event.data)));
