"""One topic with everything that Study shows: sections, key points, simulations, follow-ups of both kinds."""

from __future__ import annotations

from tests.learner import Learner

GRADIENTS = """\
# Gradients
**Category:** deep/flow
**Difficulty:** 3
**Tags:** depth, gain

## Question
What happens to a gradient in **fifty** layers?

## What to Cover
**Must mention**:
- The gain of a layer
- The skip

**Good to mention**:
- Normalisation

## Answer
It is multiplied fifty times.

## Vanishing
A gain of 0.9 leaves 0.5 %.

```sim
vanishing-gradients depth=12 gain=0.9
```

{filler}

## Explosion
A skip turns the product into a sum, and the stream grows.

```sim
scale-explosion depth=20
```

{filler}

## Cures
Scale the branch.

## Claims
- **"The skip fixes the gradient"** misleading
  It turns vanishing into *explosion*: √2 a block.
  *Source:* He et al. 2016
  *Measured by:* scale-explosion naive-growth depth=20
  *Corrected in:* Explosion
- **"0.9 a layer leaves 0.5 %"** right
  0.9⁵⁰ = 0.0052.
  *Source:* computed

## Follow-up Questions
- How does explosion come about in the stream?
- What does a gain above one do?
  It explodes at once.

  ```sim
  vanishing-gradients depth=12 gain=1.5
  ```
"""

FILLER = "\n\n".join(f"Paragraph {number} of the proof, which nobody reads aloud." for number in range(8))


def learn_gradients(learner: Learner) -> None:
    """Take the topic in."""
    text = GRADIENTS.replace("{filler}", FILLER)
    (learner.decks / "gradients.md").write_text(text, encoding="utf-8")
    learner.add()
