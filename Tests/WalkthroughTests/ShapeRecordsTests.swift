import ConvolutionEngine
import ExactNumbers
import Testing
import Walkthrough

@Suite struct `The table of shapes for programs and documents` {
  /// Windows of `a` begin at columns −1, 1 and 3, so column 6 is not read.
  private func network() throws -> Network {
    try WalkthroughTests.network(
      Shape(7, 5, 2), "conv:3x2,filters=4,stride=2x1,left=1,name=a", "batchnorm,name=n",
      "flatten,name=f", "dense:3,bias=no,name=d")
  }

  @Test func `is a record a layer, quoted where it has commas`() throws {
    #expect(
      ShapeRecords(try network(), frozen: 1).csv == [
        "layer,kind,inputs,width,height,depth,kernel,stride,padding,dilation,groups,width formula,height formula,"
          + "parameter sum,parameters,trainable,frozen,multiply-adds,bytes,field width,"
          + "field height,field stride x,field stride y,field offset x,field offset y,"
          + "unread columns,unread rows,rounding,padding counts,as typed",
        // 4·(3·2·2) + 4 numbers, 4·(3·2·2)·(3·4) products, 4·(3·4·4) bytes
        "a,conv,X,3,4,4,3×2,2×1,1+0×0,,,"
          + #""(7 + 1 + 0 − 1·(3 − 1) − 1)/2 + 1 = 5/2 + 1 = 3.5, floor 3","#
          + "(5 − 2 + 2·0)/1 + 1 = 3/1 + 1 = 4,4·(3·2·2) + 4,52,0,52,576,192,3,2,2,1,-1,0,1,0,floor,,"
          + #""conv:3x2,filters=4,stride=2x1,left=1""#,
        // μ and σ² are not trained by gradient.
        "n,batchnorm,a,3,4,4,,,,,,,,4·4,16,8,8,0,192,3,2,2,1,-1,0,0,0,,,batchnorm",
        // All places: 3 + 2·2 columns and 2 + 3·1 rows.
        "f,flatten,n,1,1,48,,,,,,,,0,0,0,0,0,192,7,5,2,1,-1,0,0,0,,,flatten",
        "d,dense,f,1,1,3,,,,,,,,3·48,144,144,0,144,12,7,5,2,1,-1,0,0,0,,,"
          + #""dense:3,bias=no""#,
        "total,,,,,,,,,,,,,,212,152,60,720,,,,,,,,,,,,",
      ])
    let quoted = try Network(
      inputName: #"a "b""#, input: Shape(1, 1, 1), layers: [LayerSpecification(.relu(ReLU()))])
    #expect(ShapeRecords(quoted).csv[1].hasPrefix(#"relu,relu,"a ""b""",1,1,1,"#))
  }

  @Test func `is a table of Markdown with its totals`() throws {
    #expect(
      ShapeRecords(try network(), frozen: 1).markdown == [
        "| layer | kind | inputs | output | kernel | stride | padding | dilation | groups | parameters | trainable "
          + "| frozen | multiply-adds | memory | receptive field | unread | as typed |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |",
        "| a | conv | X | 3×4×4 | 3×2 | 2×1 | 1+0×0 |  |  | 4·(3·2·2) + 4 = 52 | 0 | 52 | 576 | 192 B "
          + "| 3×2, stride 2×1, offset −1×0 | column 6 | conv:3x2,filters=4,stride=2x1,left=1 |",
        "| n | batchnorm | a | 3×4×4 |  |  |  |  |  | 4·4 = 16 | 8 | 8 | 0 | 192 B "
          + "| 3×2, stride 2×1, offset −1×0 | none | batchnorm |",
        "| f | flatten | n | 1×1×48 |  |  |  |  |  | 0 | 0 | 0 | 0 | 192 B "
          + "| 7×5, stride 2×1, offset −1×0 | none | flatten |",
        "| d | dense | f | 1×1×3 |  |  |  |  |  | 3·48 = 144 | 144 | 0 | 144 | 12 B "
          + "| 7×5, stride 2×1, offset −1×0 | none | dense:3,bias=no |",
        "| total |  |  |  |  |  |  |  |  | 212 | 152 | 60 | 720 |  |  |  |  |",
      ])
    let alike = try WalkthroughTests.network(
      Shape(1000, 1000, 3), "conv:3,stride=2,padding=1", "maxpool:3,name=m")
    #expect(
      ShapeRecords(alike).markdown.dropFirst(2) == [
        // 500·500 numbers of 4 bytes are 976.56 KiB; 500 columns are 166 windows and 2 more.
        "| conv | conv | X | 500×500×1 | 3×3 | 2×2 | 1 |  |  | 1·(3·3·3) + 1 = 28 | 28 | 0 | 6,750,000 "
          + "| 976.6 KiB | 3×3, stride 2, offset −1 | none | conv:3,stride=2,padding=1 |",
        "| m | maxpool | conv | 166×166×1 | 3×3 | 3×3 | 0 |  |  | 0 | 0 | 0 | 0 "
          + "| 107.6 KiB | 7×7, stride 6, offset −1 | columns 498 and 499, rows 498 and 499 | maxpool:3 |",
        "| total |  |  |  |  |  |  |  |  | 28 | 28 | 0 | 6,750,000 |  |  |  |  |",
      ])
  }

  @Test func `says how a pool is rounded, and whether its padding counts`() throws {
    // torch.nn.MaxPool2d(3, 2, ceil_mode=True) and AvgPool2d(2, 1, 1, count_include_pad=False).
    let pools = try WalkthroughTests.network(
      Shape(6, 6, 2), "maxpool:3,stride=2,rounding=ceil,name=m",
      "avgpool:2,stride=1,padding=1,count-padding=no,name=a", "avgpool:2,stride=2,padding=1,name=b")
    let records = ShapeRecords(pools)
    #expect(
      records.csv[1...].map { $0.split(separator: ",", omittingEmptySubsequences: false).suffix(2) }
        == [["ceil", ""], ["floor", "no"], ["floor", "yes"], ["", ""]])
    #expect(
      records.markdown[2].hasPrefix("| m | maxpool | X | 3×3×2 | 3×3 | 2×2, rounded up | 0 |"))
    #expect(
      records.markdown[3].hasPrefix(
        "| a | avgpool | m | 4×4×2 | 2×2 | 1×1 | 1, not counted in the mean |"))
    #expect(records.markdown[4].hasPrefix("| b | avgpool | a | 3×3×2 | 2×2 | 2×2 | 1 |"))
    let text = ShapeTable(pools, isFull: true).lines.joined(separator: "\n")
    #expect(text.contains("2×2, stride 1×1, padding 1, not counted in the mean"))
    let json = pools.shapeJSON(frozen: 0).text
    #expect(json.contains(#""paddingCounts":"no""#) && json.contains(#""paddingCounts":"yes""#))
  }

  @Test func `says what is counted where that was chosen`() throws {
    let flops = "flops: two a product with a weight, padded places counted; biases, pooling"
    let network = try network()
    #expect(ShapeRecords(network, count: .flops).markdown.last?.hasPrefix(flops) == true)
    #expect(CompactTable(network, count: .flops).lines.joined(separator: " ").contains(flops))
    #expect(!CompactTable(network).lines.joined(separator: " ").contains("padded places"))
  }

  @Test func `is one JSON object`() throws {
    let network = try WalkthroughTests.network(
      Shape(7, 5, 2), "conv:3x2,filters=4,stride=2x1,left=1,groups=2,name=a", "flatten,name=f",
      "dense:3,bias=no,name=d")
    let fields =
      #""receptiveField":{"x":{"size":3,"stride":2,"offset":-1},"#
      + #""y":{"size":2,"stride":1,"offset":0}}"#
    let all =
      #""receptiveField":{"x":{"size":7,"stride":2,"offset":-1},"#
      + #""y":{"size":5,"stride":1,"offset":0}}"#
    #expect(
      network.shapeJSON(frozen: 1).text
        == #"{"input":{"width":7,"height":5,"depth":2},"layers":["#
        + #"{"name":"a","kind":"conv","from":["X"],"output":{"width":3,"height":4,"depth":4},"#
        + #""parameters":28,"multiplyAdds":288,"trainable":0,"frozen":28,"bytes":192,"# + fields
        + #","filter":{"width":3,"height":2,"depth":1},"filters":4,"groups":2,"biases":4,"#
        + #""windows":{"width":{"input":7,"filter":3,"stride":2,"paddingBefore":1,"#
        + #""paddingAfter":0,"dilation":1,"rounding":"floor","remainder":1,"output":3,"#
        + #""unreadCount":1,"unread":[6]},"height":{"input":5,"filter":2,"stride":1,"#
        + #""paddingBefore":0,"paddingAfter":0,"dilation":1,"rounding":"floor","remainder":0,"#
        + #""output":4,"unreadCount":0,"unread":[]}}},"#
        + #"{"name":"f","kind":"flatten","from":["a"],"output":{"width":1,"height":1,"depth":48},"#
        + #""parameters":0,"multiplyAdds":0,"trainable":0,"frozen":0,"bytes":192,"# + all
        + #"},{"name":"d","kind":"dense","from":["f"],"output":{"width":1,"height":1,"depth":3},"#
        + #""parameters":144,"multiplyAdds":144,"trainable":144,"frozen":0,"bytes":12,"# + all
        + #","filter":{"width":1,"height":1,"depth":48},"filters":3,"groups":1,"biases":0}],"#
        + #""totals":{"parameters":172,"multiplyAdds":432,"trainable":144,"frozen":28}}"#)
  }
}
