// The button beside a citation; without this script the text can still be selected.
"use strict";
for (const button of document.querySelectorAll("[data-copies]")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    const status = document.getElementById("copied");
    try {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copies).textContent.trim());
      status.textContent = "Copied.";
    } catch {
      status.textContent = "Not copied: select the text above.";
    }
  });
}
