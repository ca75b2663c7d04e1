// Opens the product for the first time over a thin link, and says when its form can be typed in, and
// when the program is there that sends it (until then a press waits).
//
//   npm run first-visit -- [--server http://localhost:8080] [--path /clinic] [--rounds 3]
//                          [--kbits 64] [--rtt 600] [--language fr]
//
// The link is a proxy of this program: one rate for each direction shared by all connections, half a
// round trip each way, a whole one more for each connection that is opened (TCP; TLS 1.3 would take
// another). Uses the system's Chromium (CHROMIUM to choose).

import { createServer, connect } from "node:net";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";

const { values } = parseArgs({
  options: {
    server: { type: "string", default: "http://localhost:8080" },
    path: { type: "string", default: "/clinic" },
    rounds: { type: "string", default: "3" },
    kbits: { type: "string", default: "64" },
    rtt: { type: "string", default: "600" },
    language: { type: "string", default: "en" },
  },
});
const bytesPerMillisecond = Number(values.kbits) / 8;
const halfWay = Number(values.rtt) / 2;
/** So many bytes go as one, so that connections share the rate as packets do. */
const PACKET_BYTES = 1400;

const seconds = (milliseconds) => `${(milliseconds / 1000).toFixed(1)} s`;

/** One direction of the link: what is sent arrives later, one packet after the other. */
function direction() {
  let freeAt = 0;
  let carried = 0;
  return {
    carried: () => carried,
    send(bytes, notBefore, arrive) {
      for (let at = 0; at < bytes.length; at += PACKET_BYTES) {
        const packet = bytes.subarray(at, at + PACKET_BYTES);
        freeAt = Math.max(freeAt, Date.now(), notBefore) + packet.length / bytesPerMillisecond;
        carried += packet.length;
        setTimeout(() => arrive(packet), freeAt + halfWay - Date.now());
      }
    },
  };
}

/** A link to the server, on a port of its own. */
async function thinLink() {
  const up = direction();
  const down = direction();
  const target = new URL(values.server);
  const listener = createServer((browser) => {
    const opened = Date.now() + 2 * halfWay;
    const server = connect(Number(target.port || 80), target.hostname);
    browser.on("data", (bytes) => up.send(bytes, opened, (packet) => server.write(packet)));
    server.on("data", (bytes) => down.send(bytes, 0, (packet) => browser.write(packet)));
    for (const [one, other] of [
      [browser, server],
      [server, browser],
    ]) {
      one.on("error", () => other.destroy());
      one.on("close", () => setTimeout(() => other.destroy(), 2 * halfWay));
    }
  });
  await new Promise((ready) => listener.listen(0, "127.0.0.1", ready));
  return { address: `http://localhost:${listener.address().port}`, down, listener };
}

const took = [];
const sends = [];
for (let round = 0; round < Number(values.rounds); round++) {
  const link = await thinLink();
  const browser = await chromium.launch({
    executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-background-networking"],
  });
  const tab = await browser.newPage({
    viewport: { width: 360, height: 740 },
    locale: values.language,
  });
  const begun = Date.now();
  await tab.goto(link.address + values.path, { waitUntil: "commit", timeout: 60_000 });
  await tab.waitForSelector("input[name=email]:focus", { timeout: 60_000 });
  const ready = Date.now() - begun;
  took.push(ready);
  const kilobytes = (link.down.carried() / 1000).toFixed(1);
  await tab.waitForFunction(() => document.onsubmit === null, undefined, { timeout: 60_000 });
  sends.push(Date.now() - begun);
  console.log(
    `form ready for input: ${seconds(ready)}, ${kilobytes} kB under way; sends: ${seconds(sends.at(-1))}`,
  );
  await browser.close();
  link.listener.close();
}
const median = (times) => seconds(times.sort((a, b) => a - b)[Math.floor(times.length / 2)]);
console.log(
  `median at ${values.kbits} kbit/s, ${values.rtt} ms: ready for input ${median(took)}, sends ${median(sends)}`,
);
process.exit(0);
