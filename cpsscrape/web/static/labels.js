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
for (const box of document.querySelectorAll(".table-wrapper")) {
  box.tabIndex = 0;
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", "Rows");
}
