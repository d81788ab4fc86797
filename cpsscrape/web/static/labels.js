// Datasette's own table pages leave some controls without a name; a screen reader needs one.
"use strict";
const NAMES = [
  ["select[name^=_filter_column]", "Column"],
  ["select[name^=_filter_op]", "Comparison"],
  ["input[name^=_filter_value]", "Value"],
  ["select[name=_sort]", "Sort by"],
  ["textarea[name=sql]", "SQL"],
];
for (const [selector, label] of NAMES) {
  for (const control of document.querySelectorAll(selector)) control.setAttribute("aria-label", label);
}
// The meaning of the columns is a page long: folded, so that the rows come first.
for (const list of document.querySelectorAll(".column-descriptions")) {
  const fold = document.createElement("details");
  const title = document.createElement("summary");
  title.textContent = "What the columns mean";
  list.replaceWith(fold);
  fold.append(title, list);
}
for (const box of document.querySelectorAll(".table-wrapper")) {
  box.tabIndex = 0;
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", "Rows");
}
