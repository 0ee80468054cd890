/* vis-network, which draws the canvas, stands packed in the page, its licence before it. It is unpacked here and runs as
 * a script that the policy of the page knows by its hash. */

/** Unpacks the library and runs it; it calls itself `vis`. */
async function runLibrary() {
  const packed = document.getElementById("library").textContent.split("*/").pop();
  const bytes = Uint8Array.from(atob(packed.trim()), (sign) => sign.charCodeAt(0));
  const plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  const script = document.createElement("script");
  script.textContent = await new Response(plain).text();
  document.head.append(script);
  script.remove();
}

/** Says that the browser is too old for the map. */
function sayTooOld() {
  const note = document.createElement("p");
  note.className = "noscript";
  note.textContent =
    "Trình duyệt này quá cũ để vẽ bản đồ; hãy dùng Chrome hoặc Edge từ bản 89, Firefox từ bản 113, Safari từ bản 16.4. / " +
    "This browser is too old to draw the map; use Chrome or Edge 89, Firefox 113 or Safari 16.4, or a later one.";
  document.body.append(note);
}

if (!window.DecompressionStream) {
  sayTooOld();
  throw new Error("no DecompressionStream");
}
await runLibrary();
