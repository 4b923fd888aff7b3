// Colours of the page and of the regimes, light and dark. The theme stands on the html element.

const REGIMES = {
  workers_democracy: ["#14746f", "#3fb8ae"],
  struggling_democracy: ["#5c9d99", "#7fc4bd"],
  enlightened_technocracy: ["#5666a5", "#93a3e8"],
  bureaucratic_degeneration: ["#c23b22", "#ff7d5c"],
  digital_dictatorship: ["#7b1e4b", "#d868a0"],
  restoration: ["#3b332b", "#b9a88f"],
  contested: ["#a08a4f", "#cdb673"],
};

class Look {
  constructor(root) {
    this.root = root;
    this.read();
  }

  get dark() {
    return document.documentElement.dataset.theme === "dark";
  }

  read() {
    const style = getComputedStyle(this.root);
    const names = ["paper", "ink", "soft", "faint", "line", "tile", "take", "control", "alarm"];
    this.colours = Object.fromEntries(names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
    this.colours.met = [0, 1, 2, 3, 4].map((step) => style.getPropertyValue(`--met-${step}`).trim());
    this.font = style.fontFamily;
  }

  regime(name) {
    return (REGIMES[name] || REGIMES.contested)[this.dark ? 1 : 0];
  }
}

// The reader's choice of theme is kept in the browser; without one the page follows the system.
function chooseTheme(name) {
  document.documentElement.dataset.theme = name;
  try {
    localStorage.setItem("thermidor-theme", name);
  } catch (error) {
    // a browser that keeps nothing still shows it
  }
}
