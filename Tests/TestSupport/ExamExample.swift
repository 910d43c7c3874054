/// A university's sample midterm, walked back: a convolution, a ReLU, a max pool, and half the squared
/// error from 7 and 10. Its numbers were recomputed with torch 2.15 (autograd, float64).
package let examExample = """
  title: One step down
  summary: The loss, what flows back, and one step.
  input:
    name: I
    depths:
      - |
        1 3 2 4 6 4
        4 8 3 1 0 2
        2 1 4 3 9 1
        4 7 2 3 9 2
  layers:
    - kind: conv
      name: J
      size: 3
      weights:
        - - |
            -1 0 1
            -1 0 1
            -1 0 1
      bias: no
    - relu,name=R
    - maxpool:2,name=O
  loss: {kind: squared, target: ["7 10"]}
  scenes:
    given:
      input: {depths: ["1 2\\n3 4"]}
      layers: ["conv:1,filters=2,name=v", "maxpool:2,name=p"]
      loss: {upstream: ["3", "1/2"]}
  stops:
    - title: The loss
      view: text
      text: |
        The loss is ½·(2 - 7)² + ½·(9 - 10)² = 13, for O[0,0,0] = 2.
        dO[0,0,0] = 2 - 7 and dJ[0,0,0] = -5.
      question:
        ask: What is the loss?
        answer: loss
        slips:
          - answer: 2*loss
            says: Half of the squares.
        hint: Half the squares.
        why: It is {loss}.
    - title: A weight
      from: dJ[0,0,0]
      at: dKer[0,0,0]
      text: dJ[0,0,0] = {dJ[0,0,0]}.
      question:
        ask: What is dKer[0,0,0]?
        answer: dKer[0,0,0]
        slips:
          - answer: dKer[2,2,0]
            says: That turns the filter.
        hint: Two windows count.
        why: -5·1 - 1·3 = {dKer[0,0,0]}.
      after: It is {dKer[0,0,0]}, beside {dKer[1,0,0]}.
    - title: An input
      loss: {layer: J, upstream: ["1 0 0 0\\n0 0 0 2"]}
      at: dI[0,0,0]
      text: Here what flows back is given, and dI[0,0,0] = -1.
    - title: Another
      at: dI[2,1,0]
      text: Again the lesson's loss, dI[2,1,0] = {dI[2,1,0]}.
    - title: Given
      scene: given
      at: db1
      text: dp[0,0,1] = {db1} = 1/2.
  claims:
    - loss = 13
    - dKer[0,0,0] = 0 - 8
    - dKer[1,0,0] = 0 - 16
    - dKer[2,0,0] = 0 - 10
    - dKer[0,1,0] = 0 - 24
    - dKer[1,1,0] = 0 - 43
    - dKer[2,1,0] = 0 - 24
    - dKer[0,2,0] = 0 - 12
    - dKer[1,2,0] = 0 - 8
    - dKer[2,2,0] = 0 - 29
    - dI[0,0,0] = 5
    - dI[2,1,0] = 0 - 4
    - given:db0 = 3
  """
