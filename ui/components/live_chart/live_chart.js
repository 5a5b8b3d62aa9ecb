// The browser's half of live_chart: one Plotly chart, updated in place.
//
// Streamlit calls the exported function for every new figure and every change of theme, and calls
// what it returned when the chart leaves the page.

import { sayAside } from "./aside.js";
import { Camera } from "./camera.js";
import { putTable } from "./table.js";

const charts = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  if (!data.figure) {
    whenIdle(() => {
      loadPlotly(data.plotly).catch(() => {}); // a chart will say it
      data.scripts.forEach(preload);
    });
    return;
  }
  let chart = charts.get(parentElement);
  if (!chart) {
    chart = createChart(parentElement);
    charts.set(parentElement, chart);
  }
  chart.data = data;
  chart.setTriggerValue = setTriggerValue;
  chart.element.style.height = Number.isFinite(data.height) ? `${data.height}px` : data.height;
  offerPicture(chart);
  draw(chart);
  return () => {
    // A figure overtaken by a newer one is cleaned up too, while its chart stays.
    if (!parentElement.isConnected) removeChart(parentElement);
  };
}

function createChart(parentElement) {
  const frame = document.createElement("div");
  const element = document.createElement("div");
  element.className = "live-chart";
  // Plotly would take every touch for a drag. Without the event a finger scrolls the page, and a
  // tap still arrives as the mouse click that browsers make of it.
  element.addEventListener("touchstart", (event) => event.stopPropagation(), {
    capture: true,
    passive: true,
  });
  frame.appendChild(element);
  parentElement.appendChild(frame);
  const chart = { frame, element, width: 0, height: 0 };
  chart.observer = new ResizeObserver(() => {
    if (element.clientWidth !== chart.width || element.clientHeight !== chart.height) draw(chart);
  });
  chart.observer.observe(element);
  return chart;
}

function removeChart(parentElement) {
  const chart = charts.get(parentElement);
  if (!chart) return;
  charts.delete(parentElement);
  chart.isGone = true;
  chart.observer.disconnect();
  chart.camera?.end();
  window.Plotly?.purge(chart.element);
  chart.frame.remove();
}

async function draw(chart) {
  let Plotly;
  try {
    Plotly = await loadPlotly(chart.data.plotly);
  } catch (error) {
    chart.element.innerHTML =
      '<p class="live-chart-message">The chart could not be loaded. Please reload the page.</p>';
    console.warn(error);
    chart.drawn = undefined;
    return;
  }
  const { element, data } = chart;
  element.querySelector(".live-chart-message")?.remove();
  // No width: in a closed tab or on the way out. The observer calls again when there is one.
  chart.width = element.clientWidth;
  chart.height = element.clientHeight;
  if (!element.isConnected || chart.width === 0) return;

  const theme = themeOf(element);
  // A training that is paused sends the same figure again and again.
  const eye = chart.camera ? chart.camera.wanted() : data.eye;
  const drawing = [data.figure, chart.width, chart.height, ...THEME.map(theme)].join();
  if (drawing === chart.drawn) {
    if (eye) chart.camera?.place(eye); // while the first is drawn there is none
    label(chart);
    return;
  }
  chart.drawn = drawing;
  const { data: traces, layout } = themedFigure(data, theme, chart);
  const touch = isTouched();
  if (data.clicks) layout.dragmode = false;
  if (data.eye) layout.scene.camera = eye ? { eye } : element.layout.scene.camera;
  // Nothing to zoom where both axes are fixed, or none is flat.
  const plain = data.clicks || data.eye || (layout.xaxis?.fixedrange && layout.yaxis?.fixedrange);
  await Plotly.react(element, traces, layout, {
    displaylogo: false,
    displayModeBar: plain ? false : touch ? true : "hover",
    modeBarButtons: touch
      ? [["zoomIn2d", "zoomOut2d", "resetScale2d"]]
      : [["zoom2d", "pan2d", "zoomIn2d", "zoomOut2d", "resetScale2d", "toImage"]],
  });
  if (chart.isGone) return; // what listens now would listen for ever
  label(chart);
  if (data.table) putTable(chart.frame, JSON.parse(data.figure), data.alt);
  if (data.says_aside) sayAside(chart);
  if (data.eye && !chart.camera) {
    chart.camera = new Camera(chart);
    chart.camera.wanted(); // it is there
  }
  if (data.clicks && !chart.listening) {
    element.on("plotly_click", ({ points: [point] }) => {
      chart.setTriggerValue("click", { x: point.x, y: point.y });
      if (isTouched()) Plotly.Fx.unhover(element); // no finger takes the tooltip away again
      reveal(chart.data.reveals);
    });
    chart.listening = true;
  }
}

function isTouched() {
  return window.matchMedia("(pointer: coarse)").matches;
}

// The picture alone is an image to screen readers: an image has no buttons, and the chart does.
function label({ element, data }) {
  const [picture, ...others] = element.querySelectorAll(".main-svg");
  picture?.setAttribute("role", "img");
  picture?.setAttribute("aria-label", data.alt);
  others.forEach((layer) => layer.setAttribute("aria-hidden", "true"));
}

// Scroll to the container with this key, where what a click chose is shown, if it is not in sight.
function reveal(key) {
  const place = key && document.querySelector(`.st-key-${key}`);
  if (!place || place.getBoundingClientRect().top < 0.7 * window.innerHeight) return;
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  place.scrollIntoView({ block: "start", behavior: calm ? "auto" : "smooth" });
}

// The button that saves the chart as a picture, below it: within the chart, which is an image to
// screen readers, they would not find it.
function offerPicture(chart) {
  const button = chart.frame.querySelector(".live-chart-picture");
  if (!chart.data.picture) {
    button?.remove();
  } else if (!button) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "live-chart-picture";
    made.textContent = "Picture";
    made.title = "Save it as a picture (PNG) on white, for slides and reports.";
    made.addEventListener("click", () => savePicture(chart).catch(console.warn));
    chart.frame.appendChild(made);
  }
}

async function savePicture({ data, element }) {
  const Plotly = await loadPlotly(data.plotly);
  const { name, colours, heading = [] } = data.picture;
  const page = themeOf(element);
  const theme = (variable) => colours[variable] ?? page(variable);
  // On a phone the chart is narrower than a picture should be.
  const height = element.clientHeight;
  const size = { width: Math.max(element.clientWidth, height), height };
  const figure = themedFigure(data, theme, size);
  figure.layout.paper_bgcolor = theme("background-color");
  size.height += putHeading(figure.layout, heading);
  figure.layout.height = size.height;
  await Plotly.downloadImage(figure, { format: "png", filename: name, ...size, scale: 2 });
}

const HEADING_LINE = 24; // pixels, of the title's type

// Put lines above the title; returns how much higher the figure has to be then.
function putHeading(layout, lines) {
  if (lines.length === 0) return 0;
  const more = HEADING_LINE * lines.length;
  const { title, template } = layout;
  const margin = { t: 100, ...template?.layout?.margin, ...layout.margin };
  layout.margin = { ...margin, t: margin.t + more };
  const heading = lines.map((line) => `<b>${line}</b>`);
  const text = [...heading, title?.text ?? ""].join("<br>");
  layout.title = { ...title, text, y: 1, yanchor: "top", pad: { t: 32 } };
  return more;
}

// Of the whole page: each component on it has a copy of this module.
function loadPlotly(address) {
  // The address is relative to the app's root, as those in Streamlit's own index.html are: pages
  // are one level deep, so this is right under any base path.
  window.plotlyLoading ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = new URL(address, document.baseURI).href;
    script.onload = script.onerror = () => {
      if (window.Plotly) {
        resolve(window.Plotly);
      } else {
        window.plotlyLoading = undefined; // the next figure tries again
        reject(new Error(`${script.src} could not be loaded`));
      }
    };
    document.head.appendChild(script);
  });
  return window.plotlyLoading;
}

// Fetch and compile a module; Streamlit's page runs it when it needs it.
function preload(address) {
  const link = document.createElement("link");
  link.rel = "modulepreload";
  link.href = new URL(address, document.baseURI).href;
  document.head.appendChild(link);
}

function whenIdle(act) {
  // Safari has no requestIdleCallback.
  (window.requestIdleCallback ?? ((callback) => setTimeout(callback, 1000)))(act);
}

// What of the theme tells that it has changed.
const THEME = ["font", "text-color", "background-color", "secondary-background-color"];

function themeOf(element) {
  const style = getComputedStyle(element);
  return (name) => style.getPropertyValue(`--st-${name}`).trim();
}

// The figure as Plotly takes it, in the colours and the font of a theme.
function themedFigure(data, theme, { width, height }) {
  const figure = withThemeColours(JSON.parse(data.figure), theme);
  const template = themed(figure.layout.template, theme);
  return {
    data: figure.data,
    layout: { ...figure.layout, template, width, height },
  };
}

// The figure's template with the colours and the font of the page.
function themed(template, theme) {
  const text = theme("text-color");
  const line = theme("border-color");
  const axis = { gridcolor: line, linecolor: line, zerolinecolor: line, tickcolor: line };
  const given = template?.layout ?? {};
  return {
    ...template,
    layout: {
      ...given,
      font: { family: theme("font"), color: text, ...given.font },
      xaxis: { ...axis, ...given.xaxis },
      yaxis: { ...axis, ...given.yaxis },
      hoverlabel: {
        bgcolor: theme("secondary-background-color"),
        bordercolor: line,
        font: { color: text },
        ...given.hoverlabel,
      },
      modebar: {
        bgcolor: "rgba(0,0,0,0)",
        color: theme("gray-text-color"),
        activecolor: text,
        ...given.modebar,
      },
    },
  };
}

const VARIABLE = /^var\(--st-(.+?)(?:-(\d+))?\)$/;

// Replace every "var(--st-name)" and "var(--st-name-n)" by the page's value.
function withThemeColours(value, theme) {
  if (typeof value === "string") {
    const match = VARIABLE.exec(value);
    if (!match) return value;
    const [, name, index] = match;
    return index === undefined ? theme(name) : theme(name).split(",")[index];
  }
  if (Array.isArray(value)) return value.map((item) => withThemeColours(item, theme));
  if (value !== null && typeof value === "object") {
    for (const key of Object.keys(value)) value[key] = withThemeColours(value[key], theme);
  }
  return value;
}
