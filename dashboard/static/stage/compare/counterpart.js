// The society on the right: it speaks to the server as the page's own does, by way of the view.

class Counterpart {
  constructor(page, state) {
    this.page = page;
    this.state = state;
  }

  get(name) {
    return name === "state" ? this.state : this.page.model.get(name);
  }

  send(message) {
    this.page.send({ ...message, kind: `compare.${message.kind}` });
  }
}

// Both societies under one clock: neither shows a month that the other does not have yet.
class Pace {
  constructor(left, right) {
    Object.assign(this, { left, right });
  }

  tick(seconds) {
    const { left, right } = this;
    const room = (Math.min(right.loaded, left.months) - left.position) / left.speed;
    if (room > 0 || left.month >= left.months) left.pass(room > 0 ? Math.min(seconds, room) : seconds);
    if (right.position !== left.position) {
      right.position = left.position;
      right.ask();
    }
    right.settle();
  }
}
