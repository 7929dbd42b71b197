// Hashcash: looks for a number with which SHA-256 of "challenge:number" begins with so many zero bits, then sends the form.
// It works in slices of 40 ms, so that the page can be read and answered meanwhile. Without this script a question is answered.
(() => {
  const card = document.querySelector("[data-challenge]");
  const bar = card.querySelector("progress"), said = card.querySelector("[role=status]");
  const proof = card.querySelector("[name=proof]"), bits = Number(card.dataset.bits), most = Math.pow(2, bits);

  // Constants of SHA-256 (FIPS 180-4, 4.2.2 and 5.3.3): fractions of the roots of the first primes.
  const fraction = (x) => ((x - Math.floor(x)) * 4294967296) | 0;
  const primes = [];
  for (let n = 2; primes.length < 64; n++) if (primes.every((p) => n % p)) primes.push(n);
  const K = Int32Array.from(primes, (p) => fraction(Math.cbrt(p)));
  const H = Int32Array.from(primes.slice(0, 8), (p) => fraction(Math.sqrt(p)));
  const W = new Int32Array(64), block = new Uint8Array(64);
  const start = card.dataset.challenge + ":";
  for (let i = 0; i < start.length; i++) block[i] = start.charCodeAt(i);

  // The first 32 bits of the hash of one block: the challenge, the number, and the padding.
  function first(number) {
    const digits = String(number), length = start.length + digits.length;
    for (let i = 0; i < digits.length; i++) block[start.length + i] = digits.charCodeAt(i);
    block[length] = 128;
    block.fill(0, length + 1);
    block[62] = length >> 5;
    block[63] = length << 3;
    for (let i = 0; i < 16; i++) W[i] = (block[4 * i] << 24) | (block[4 * i + 1] << 16) | (block[4 * i + 2] << 8) | block[4 * i + 3];
    for (let i = 16; i < 64; i++) {
      const x = W[i - 15], y = W[i - 2];
      const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
      const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
      W[i] = (W[i - 16] + s0 + W[i - 7] + s1) | 0;
    }
    let a = H[0], b = H[1], c = H[2], d = H[3], e = H[4], f = H[5], g = H[6], h = H[7];
    for (let i = 0; i < 64; i++) {
      const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
      const t1 = (h + s1 + ((e & f) ^ (~e & g)) + K[i] + W[i]) | 0;
      const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g; g = f; f = e; e = (d + t1) | 0; d = c; c = b; b = a; a = (t1 + t2) | 0;
    }
    return (a + H[0]) | 0;
  }

  let number = 0;
  function slice() {
    const end = Date.now() + 40;
    while (Date.now() < end) {
      for (let i = 0; i < 256; i++, number++) {
        if (first(number) >>> (32 - bits)) continue;
        proof.value = number;
        bar.value = 100;
        said.textContent = said.dataset.done;
        card.closest("form").submit();
        return;
      }
    }
    bar.value = 100 * (1 - Math.exp(-number / most)); // the chance that it has been found by now
    setTimeout(slice, 0);
  }
  card.hidden = false;
  slice();
})();
