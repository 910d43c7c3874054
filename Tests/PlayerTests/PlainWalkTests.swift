import Canvas
import ConvolutionEngine
import TestSupport
import Testing
import Walkthrough

@testable import Player

/// A free walk said in sentences, forwards and back. Gradients by torch 2.15: the loss is the sum of
/// the last layer's numbers, 30.
@Suite struct PlainWalkTests {
  private func example() throws -> PlainWalk { PlainWalk(try lesson("worked-example")) }

  @Test func `it begins where the walk stands and goes on by Enter`() throws {
    var walk = try example()
    #expect(walk.begin().first?.hasSuffix("? lists what else can be typed; q leaves.") == true)
    #expect(walk.begin()[1] == "At v.")
    #expect(walk.take("v[1,1,0]").first?.hasPrefix("At v[1,1,0]: v[1,1,0] = np.sum(X[") == true)
    #expect(walk.take("").first?.hasPrefix("At v[2,1,0]: ") == true)
    #expect(walk.take("2Space").first?.hasPrefix("At v[0,2,0]: ") == true)
    #expect(walk.take("Bksp").first?.hasPrefix("At v[3,1,0]: ") == true)
  }

  @Test func `the way back is walked from a number to its products`() throws {
    var walk = try example()
    let number = walk.take("dX[4,5,0]")
    #expect(number.first?.hasPrefix("At dX[4,5,0]: dX[4,5,0] = ") == true)
    #expect(number.contains("The loss is the sum of all numbers of p, 30."))
    #expect(number.contains("dX[4,5,0] is 1."))
    let share = walk.take("-")
    #expect(share.first == "At dX[4,5,0]@0.")
    #expect(share.contains { $0.hasPrefix("Filter 0 of v: dv[0,1,0] 0 times Ker0[4,3,0] ") })
    #expect(!share.contains("dX[4,5,0] is 1."))
    let product = walk.take("-")
    #expect(product.first == "At dX[4,5,0]@[0,1,0].")
    #expect(product.contains("Product 1 of 12."))
    #expect(product.contains { $0.hasPrefix("dv[0,1,0] 0 times Ker0[4,3,0] ") })
    // Coarser twice leads back.
    #expect(walk.take("++").contains("dX[4,5,0] is 1."))
    #expect(walk.take("").first?.hasPrefix("At dX[5,5,0]: ") == true)
  }

  @Test func `B turns round, W goes to the weights, and B forward again`() throws {
    var walk = try example()
    _ = walk.take("v[1,1,0]")
    #expect(walk.take("B").first?.hasPrefix("At dX[") == true)
    #expect(walk.take("W").first?.hasPrefix("At dKer0[0,0,0]: ") == true)
    #expect(walk.take("W").first?.hasPrefix("At db0: ") == true)
    #expect(
      walk.take("g dX[0,0,0]").contains(
        "If X[0,0,0] grew by 1 (and no maximum changed hands), the loss would not change."))
    #expect(walk.take("B").first?.hasPrefix("At v[1,1,0]: ") == true)
  }

  @Test func `a number is changed, searched and marked in one line each`() throws {
    var walk = try example()
    _ = walk.take("dX[4,5,0]")
    let changed = walk.take("c 5").joined(separator: " ")
    #expect(changed.contains("X[4,5,0]"))
    #expect(changed.contains("5"))
    #expect(walk.take("m a").first == "Mark a is set: ' and a come back here.")
    #expect(walk.take("/ negative").contains { $0.contains("is −") })
    #expect(walk.take("' a").contains("dX[4,5,0] is 1."))
    #expect(walk.take("/ odd") == ["Search for nonzero, negative or largest."])
    #expect(walk.take("").first?.hasPrefix("At dX[5,5,0]: ") == true)
  }

  @Test func `what is only drawn is said to be, and what leads nowhere too`() throws {
    var walk = try example()
    #expect(walk.take("o").first == "That is drawn on the screen, and not said.")
    #expect(walk.take("dX[99,0,0]").first?.hasPrefix("At ") == false)
    #expect(walk.take("v[1,1,0]").first?.hasPrefix("At v[1,1,0]: ") == true)
    #expect(walk.take("?").contains { $0.hasPrefix("B: back from the loss.") })
    #expect(walk.take("q") == [])
    #expect(walk.isFinished)
  }
}
