// Datasette's own table and SQL pages leave some controls without a name; a screen reader needs one.
"use strict";
const NAMES = [
  ["select[name^=_filter_column]", "Column"],
  ["select[name^=_filter_op]", "Comparison"],
  ["input[name^=_filter_value]", "Value"],
  ["select[name=_sort]", "Sort by"],
  ["textarea[name=sql]", "SQL"],
];
const name = () => {
  for (const [selector, label] of NAMES) {
    for (const control of document.querySelectorAll(selector)) control.setAttribute("aria-label", label);
  }
  for (const area of document.querySelectorAll(".CodeMirror textarea")) area.setAttribute("aria-label", "SQL");
  for (const box of document.querySelectorAll(".table-wrapper, .CodeMirror-hscrollbar")) box.tabIndex = 0;
};
name();
window.addEventListener("load", name);
