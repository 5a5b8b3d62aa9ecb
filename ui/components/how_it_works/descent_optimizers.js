// The optimizers of nn/optimizers for two weights: what `change` returns is added to them.

const both = (rule) => [rule(0), rule(1)];

export class SGD {
  constructor(rate, momentum = 0) {
    Object.assign(this, { rate, momentum, velocity: [0, 0] });
  }

  change(gradient) {
    this.velocity = both((i) => this.momentum * this.velocity[i] + gradient[i]);
    return both((i) => -this.rate * this.velocity[i]);
  }
}

export class RMSprop {
  constructor(rate, alpha = 0.99, eps = 1e-8) {
    Object.assign(this, { rate, alpha, eps, squares: [0, 0] });
  }

  change(gradient) {
    const { rate, alpha, eps } = this;
    this.squares = both((i) => alpha * this.squares[i] + (1 - alpha) * gradient[i] ** 2);
    return both((i) => (-rate * gradient[i]) / (Math.sqrt(this.squares[i]) + eps));
  }
}

export class Adam {
  constructor(rate, [beta1, beta2] = [0.9, 0.999], eps = 1e-8) {
    Object.assign(this, { rate, beta1, beta2, eps, steps: 0, means: [0, 0], squares: [0, 0] });
  }

  change(gradient) {
    const { rate, beta1, beta2, eps } = this;
    this.steps += 1;
    this.means = both((i) => beta1 * this.means[i] + (1 - beta1) * gradient[i]);
    this.squares = both((i) => beta2 * this.squares[i] + (1 - beta2) * gradient[i] ** 2);
    return both((i) => {
      const mean = this.means[i] / (1 - beta1 ** this.steps);
      const square = this.squares[i] / (1 - beta2 ** this.steps);
      return (-rate * mean) / (Math.sqrt(square) + eps);
    });
  }
}

// The four whose paths are shown, by their names.
export const RULES = {
  sgd: { title: "SGD", make: (rate) => new SGD(rate) },
  momentum: { title: "Momentum", make: (rate, momentum) => new SGD(rate, momentum) },
  rmsprop: { title: "RMSprop", make: (rate) => new RMSprop(rate) },
  adam: { title: "Adam", make: (rate) => new Adam(rate) },
};
