// Cleans what is pasted into try.md, with Python in the page. .ci/try.py puts beside that page all that is loaded here.

const page = document.getElementById("try");
const [text, button, said, margin, story] = ["textarea", "button", "output", ".margin", ".story"].map((name) => page.querySelector(name));
const beside = (name) => new URL(`try/${name}`, import.meta.url).href;
const PROGRAM = `
import json
from cleaner import clean
from cleaner.labels import FURNITURE
lambda text: json.dumps({**clean(text).to_dict(), "cut": [*FURNITURE]})
`;

async function loaded() {
  const { loadPyodide } = await import(beside("pyodide.mjs"));
  const [python, packages] = await Promise.all([loadPyodide({ indexURL: beside("") }), fetch(beside("cleaner.zip"))]);
  if (!packages.ok) throw new Error(`cleaner.zip: ${packages.status}`);
  python.unpackArchive(await packages.arrayBuffer(), "zip");
  return python.runPython(PROGRAM);
}

// A piece of the page. What others have written is only ever set as text.
function element(name, className, content) {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = content;
  return made;
}

function row({ label, text, rule, why }, cut) {
  const made = element("div", cut.includes(label) ? "cut" : "kept", "");
  made.append(element("b", "", label), element("span", "", text.trimEnd()));
  if (why) made.append(element("i", "", `${rule}: ${why}`));
  return made;
}

function show(clean) {
  const begun = performance.now();
  const article = JSON.parse(clean(text.value));
  margin.replaceChildren(...article.spans.map((span) => row(span, article.cut)));
  story.textContent = article.body || "No body was found.";
  said.textContent = `Cleaned in ${Math.round(performance.now() - begun)} ms.`;
}

try {
  const clean = await loaded();
  button.addEventListener("click", () => show(clean));
  button.disabled = false;
  show(clean);
} catch (error) {
  said.textContent = `Python cannot be loaded (${error.message}). This site was built without it: see CONTRIBUTING, "Documentation".`;
}
