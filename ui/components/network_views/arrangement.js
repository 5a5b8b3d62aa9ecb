// How the values of a layer lie in a picture: each neuron is a tile, or a small picture of its own
// where it has a value for every place (the filters of a convolution).

export class Arrangement {
  // `units`: how many tiles; each of side x side values. `channelsLast`: whether the values of one
  // place lie together, as between convolutions, or those of one tile.
  constructor(units, { side = 1, channelsLast = false, columns = columnsFor(units) } = {}) {
    Object.assign(this, { units, side, channelsLast, columns });
    this.rows = Math.ceil(units / columns);
    this.width = columns * side; // in values
    this.height = this.rows * side;
  }

  // Where the value of a tile at a place stands in the list of values.
  index(unit, place = 0) {
    return this.channelsLast ? place * this.units + unit : unit * this.side ** 2 + place;
  }

  // Tile and place of a value.
  parts(index) {
    const places = this.side ** 2;
    return this.channelsLast
      ? [index % this.units, Math.floor(index / this.units)]
      : [Math.floor(index / places), index % places];
  }

  // Column and row of a value, counted in values.
  position(index) {
    const [unit, place] = this.parts(index);
    return [
      (unit % this.columns) * this.side + (place % this.side),
      Math.floor(unit / this.columns) * this.side + Math.floor(place / this.side),
    ];
  }

  // The value in a column and row; null where there is none.
  indexAt(x, y) {
    if (x < 0 || y < 0 || x >= this.width || y >= this.height) return null;
    const unit = this.unitAt(x, y);
    return unit === null ? null : this.index(unit, (y % this.side) * this.side + (x % this.side));
  }

  // The tile there; null where there is none.
  unitAt(x, y) {
    const column = Math.floor(x / this.side);
    const row = Math.floor(y / this.side);
    const unit = row * this.columns + column;
    return column < 0 || column >= this.columns || row < 0 || unit >= this.units ? null : unit;
  }

  // The one that an arrow key leads to, of `count` in rows of `columns`; null for other keys.
  static step(key, from, count, columns) {
    const to = { ArrowLeft: from - 1, ArrowRight: from + 1, ArrowUp: from - columns,
      ArrowDown: from + columns, Home: 0, End: count - 1 }[key];
    if (to === undefined) return null;
    return to < 0 || to >= count ? from : to;
  }
}

// About as many columns as rows, and no empty place where that can be had.
function columnsFor(units) {
  const side = Math.ceil(Math.sqrt(units));
  for (let columns = side; columns <= 1.25 * side; columns++) {
    if (units % columns === 0) return columns;
  }
  return side;
}
