import Testing

@Suite struct `The command shape` {
  @Test func `shows a line a layer, its formula below, and the totals`() throws {
    let result = try run(["shape", "227x227x3", "conv:11,filters=96,stride=4"])
    #expect(
      result.stdout == """
        layer      output                     parameters  multiply-adds
        X          227×227×3
        conv       55×55×96   96·(11·11·3) + 96 = 34,944    105,415,200
          width, height  (W − F + 2P)/S + 1 = (227 − 11 + 2·0)/4 + 1 = 216/4 + 1 = 55
          window         11×11, stride 4×4, padding 0
          trainable      34,944, frozen 0
          sees           11×11, stride 4, offset 0; output 1.1 MiB
        total                                     34,944    105,415,200
        trainable                                 34,944
        frozen                                         0

        """)
    #expect(result.stderr == "")
    #expect(result.status == 0)
  }

  @Test func `names the column that 224 instead of 227 leaves unread`() throws {
    let result = try run(["shape", "224x224x3", "conv:11,filters=96,stride=4"])
    #expect(result.stdout.contains("= 54.25, floor 54\n"))
    #expect(result.stdout.contains("remainder 1: column 223 and row 223 are never read\n"))
  }

  @Test func `writes one object as JSON`() throws {
    let result = try run([
      "shape", "224x7x3", "conv:11x7,filters=96,stride=4,name=v", "--format", "json",
    ])
    #expect(
      result.stdout == #"{"input":{"width":224,"height":7,"depth":3},"layers":[{"name":"v","#
        + #""kind":"conv","from":["X"],"output":{"width":54,"height":1,"depth":96},"#
        + #""parameters":22272,"multiplyAdds":1197504,"trainable":22272,"frozen":0,"bytes":20736,"#
        + #""receptiveField":{"x":{"size":11,"stride":4,"offset":0},"#
        + #""y":{"size":7,"stride":4,"offset":0}},"#
        + #""filter":{"width":11,"height":7,"depth":3},"filters":96,"groups":1,"biases":96,"#
        + #""windows":{"width":{"input":224,"filter":11,"stride":4,"paddingBefore":0,"#
        + #""paddingAfter":0,"dilation":1,"rounding":"floor","remainder":1,"output":54,"#
        + #""unreadCount":1,"unread":[223]},"height":{"input":7,"filter":7,"stride":4,"#
        + #""paddingBefore":0,"paddingAfter":0,"dilation":1,"rounding":"floor","remainder":0,"#
        + #""output":1,"unreadCount":0,"unread":[]}}}],"#
        + #""totals":{"parameters":22272,"multiplyAdds":1197504,"trainable":22272,"frozen":0}}"#
        + "\n")
  }

  @Test func `answers for sizes that could never be evaluated`() throws {
    let result = try run(["shape", "1048576x1048576x1", "conv:3,padding=1", "globalavgpool"])
    #expect(result.stdout.contains("conv           1048576×1048576×1"))
    #expect(result.stdout.contains("9,895,604,649,984\n"))
    #expect(result.status == 0)
  }

  @Test func `takes an input's size from a file without decoding its numbers`() throws {
    let folder = try TemporaryFolder()
    try folder.write(savedFloats("(3, 2)", [0.5, 1, 2, 3, 4, 5]), to: "x.npy")
    let columnsFirst = try run(["shape", "x.npy", "relu"], directory: folder.path)
    #expect(columnsFirst.stdout.contains("X          3×2×1"))
    let rowsFirst = try run(["shape", "x.npy", "relu", "--axes", "yxd"], directory: folder.path)
    #expect(rowsFirst.stdout.contains("X          2×3×1"))
  }

  @Test func `counts the filters in a file of weights`() throws {
    let folder = try TemporaryFolder()
    try folder.write(savedIntegers("(2, 1, 1, 3)", [1, 2, 3, 4, 5, 6]), to: "w.npy")
    let result = try run(
      ["shape", "4x4x3", "conv:1,weights=w.npy,bias=no"], directory: folder.path)
    #expect(result.stdout.contains("conv       4×4×2 "))
  }

  @Test func `takes × as the screen writes it`() throws {
    let plain = try run(["shape", "5x4x1", "conv:3x2"])
    #expect(plain.status == 0)
    #expect(try run(["shape", "5×4×1", "conv:3×2"]).stdout == plain.stdout)
  }

  @Test func `reads keys that begin with a dash`() throws {
    let frame = try run(["frame", "5x5x1", "conv:3", "--keys", "- 2Space"])
    #expect(frame.status == 0)
    #expect(frame.stdout.contains("conv  2 of 9"))
  }
}
