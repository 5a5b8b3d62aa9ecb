// The camera of a surface, which a hand turns: where it comes to rest is told to the server, and
// where the server wants it, it goes, but for what the hand has chosen itself.

const REST = 400; // milliseconds: the hand may turn it further
const NEAR = 0.1; // an answer is rounded

export class Camera {
  // `chart`: as in live_chart.js.
  constructor(chart) {
    Object.assign(this, { chart, told: [], heard: undefined });
    chart.element.on("plotly_relayout", (changed) => {
      const eye = changed["scene.camera"]?.eye;
      if (eye) this.turned(eye);
    });
    // After Back the server may not say again what it has said last.
    this.back = () => {
      clearTimeout(this.later);
      Object.assign(this, { told: [], heard: undefined });
      const eye = this.wanted();
      if (eye) this.place(eye);
    };
    window.addEventListener("popstate", this.back);
  }

  turned(eye) {
    clearTimeout(this.later);
    this.later = setTimeout(() => {
      this.told.push(eye);
      this.chart.setTriggerValue("turned", eye);
    }, REST);
  }

  // Where it is to be; undefined where it stays.
  wanted() {
    const { eye } = this.chart.data;
    const known = JSON.stringify(eye);
    if (known === this.heard) return undefined;
    this.heard = known;
    const at = this.told.findIndex((told) => distance(told, eye) < NEAR);
    if (at >= 0) {
      this.told.splice(0, at + 1);
      return undefined;
    }
    clearTimeout(this.later);
    this.told = [];
    return eye;
  }

  place(eye) {
    window.Plotly.relayout(this.chart.element, { "scene.camera.eye": eye });
  }

  end() {
    clearTimeout(this.later);
    window.removeEventListener("popstate", this.back);
  }
}

const distance = (a, b) => Math.hypot(a.x - b.x, a.y - b.y, a.z - b.z);
