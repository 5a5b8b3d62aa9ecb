// Points on the plane: classes have a colour and a form each, values a colour; those for testing have
// a dark rim.

const RADIUS = 3.6;

const FORMS = [circle, square, triangle, diamond, cross, star];

export function drawPoints(pen, plane, { x, targets, trainCount }, classes, showsTest, colours) {
  const end = showsTest ? targets.length : trainCount;
  const radius = RADIUS * (end > 800 ? 0.75 : 1) * (plane.side < 160 ? 0.7 : 1);
  // The last ones are on top: those for training.
  for (let i = end - 1; i >= 0; i--) {
    const isTest = i >= trainCount;
    drawMark(pen, plane.x(x[2 * i]), plane.y(x[2 * i + 1]), radius, targets[i], classes, isTest, colours);
  }
}

export function drawMark(pen, x, y, radius, target, classes, isTest, colours) {
  const [red, green, blue] = colours.ofTarget(target, classes);
  pen.fillStyle = `rgb(${red} ${green} ${blue})`;
  // A value near 0 is as pale as what is around it.
  const isPale = classes === 0 && !isTest;
  pen.strokeStyle = isTest || isPale ? colours.text : colours.background;
  pen.lineWidth = isTest ? 1.4 : 1.1;
  pen.beginPath();
  formOf(target, classes)(pen, x, y, radius);
  pen.fill();
  if (isPale) pen.globalAlpha = 0.5;
  pen.stroke();
  pen.globalAlpha = 1;
}

// Of two classes the lower one has squares; values of a function have circles all.
function formOf(target, classes) {
  if (classes === 0) return circle;
  if (classes === 2) return target < 0 ? square : circle;
  return FORMS[target % FORMS.length];
}

function circle(pen, x, y, r) {
  pen.arc(x, y, r, 0, 2 * Math.PI);
}

function square(pen, x, y, r) {
  pen.rect(x - 0.88 * r, y - 0.88 * r, 1.76 * r, 1.76 * r);
}

const polygon = (corners) => (pen, x, y, r) => {
  corners.forEach(([dx, dy], i) => pen[i ? "lineTo" : "moveTo"](x + r * dx, y + r * dy));
  pen.closePath();
};

function triangle(...place) {
  polygon([[0, -1.25], [1.15, 0.85], [-1.15, 0.85]])(...place);
}

function diamond(...place) {
  polygon([[0, -1.3], [1.3, 0], [0, 1.3], [-1.3, 0]])(...place);
}

function cross(...place) {
  const [a, b] = [0.42, 1.2];
  polygon([[-a, -b], [a, -b], [a, -a], [b, -a], [b, a], [a, a], [a, b], [-a, b], [-a, a], [-b, a],
    [-b, -a], [-a, -a]])(...place);
}

function star(...place) {
  polygon(Array.from({ length: 10 }, (_, i) => {
    const [r, angle] = [i % 2 ? 0.6 : 1.35, (i * Math.PI) / 5];
    return [r * Math.sin(angle), -r * Math.cos(angle)];
  }))(...place);
}
