// UTF-8 validation by simdutf, which Node.js carries: a limit, as in limits.cpp.
const { isUtf8 } = require("node:buffer");
const { readFileSync } = require("node:fs");
const { createInterface } = require("node:readline");

let text = Buffer.alloc(0);
console.log("{}");
createInterface({ input: process.stdin }).on("line", (line) => {
  if (line.startsWith("text ")) {
    text = readFileSync(line.slice(5));
    console.log(JSON.stringify({ bytes: text.length }));
  } else {
    const start = process.hrtime.bigint();
    const count = isUtf8(text) ? 1 : 0;
    console.log(JSON.stringify({ ns: Number(process.hrtime.bigint() - start), count }));
  }
});
