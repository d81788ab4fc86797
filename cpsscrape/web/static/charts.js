// Draws every chart of the page with datasette-dashboards; its configuration is an attribute of its place.
"use strict";
for (const place of document.querySelectorAll("[data-chart]")) {
  const name = place.id.slice("chart-".length);
  renderChart(name, JSON.parse(place.dataset.chart), place.dataset.query, place.dataset.base);
}
